"""The policy engine: complete facts in, a plan out.

Pure: the standard library only, no framework, no clock, no input or output. A rule's condition is
one small tree of values (`conditions`), and each reading of it is a module that walks it:
`evaluate` (is it true, and which values made it so), `explain` (the same as a sentence), `hint`
(the nearest change that would make it match).

The calls that others use:

* `rulebook.compile_rulebook(document, *, rulebook, version, unit_path) -> CompiledRulebook` reads a
  rulebook, once per content; raises `InvalidRulebook`; `.reads` says which facts it needs;
* `planning.make_plan(rulebooks, facts) -> Plan` answers who must say yes, and why;
* `hint.near_misses(rulebooks, facts) -> tuple[NearMiss, ...]` says what was not needed;
* `explain.sentence(reason, language, *, names) -> str` turns a reason into words;
* `codec.to_json(plan)` and `codec.from_json(Plan, stored)` store plans and chains;
* `chain.chain_of(plan)` and `chain.decide(chain, decision, ...)` carry a plan out;
* `carry_over.carry_over(...)` says which approvals still count for a new revision.
"""
