"""The assortment of Norden Supply: families of products by hand, one module a department."""
