# METADATA
# title: Workloads run as somebody and belong to a team
# description: Two rules every Deployment of this example has to keep.
# custom:
#   severity: high
#   fix: {text: Set `runAsNonRoot` to true in the pod's securityContext and give the object a label `team`.}
package main

import rego.v1

deny_run_as_root contains {"msg": msg, "place": "/spec/template/spec/securityContext/runAsNonRoot"} if {
	input.kind == "Deployment"
	not input.spec.template.spec.securityContext.runAsNonRoot == true
	msg := sprintf("%s may run as root", [input.metadata.name])
}

warn contains msg if {
	input.kind == "Deployment"
	not input.metadata.labels.team
	msg := sprintf("%s belongs to no team", [input.metadata.name])
}

# Who may, for now, is said in data: exceptions/.
exception contains ["run_as_root"] if {
	input.kind == "Deployment"
	input.metadata.name in data.exceptions.run_as_root
}
