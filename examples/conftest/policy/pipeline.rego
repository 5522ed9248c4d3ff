# METADATA
# title: Builds pin what they use
# custom: {severity: medium}
package ci

import rego.v1

violation contains {"msg": msg, "key": step.uses} if {
	some step in input.jobs[_].steps
	endswith(step.uses, "@main")
	msg := sprintf("%s follows a branch that anybody may change", [step.uses])
}
