"""One foreground process that runs the web server, the worker and a mailbox."""
