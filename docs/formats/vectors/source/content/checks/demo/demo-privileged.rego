# METADATA
# title: No container is privileged
# description: Asks every container of a pod that is not the node's own.
# custom:
#   resources: [k8s//Pod]
#   impact: 0.9
#   family: access
#   rationale: Whoever breaks into a privileged container owns the node, and with it every other pod there.
#   fix: {text: Set securityContext.privileged to false or leave it out.}
#   revision: 1
package checks.demo.demo_privileged

applies if not input.metadata.annotations["node.example/own"] == "true"

deny contains {"msg": msg, "place": place, "key": key} if {
	some index, container in input.spec.containers
	container.securityContext.privileged == true
	msg := sprintf("container `%s` is privileged, wanted false or nothing", [container.name])
	place := sprintf("/spec/containers/%d/securityContext/privileged", [index])
	key := sprintf("containers[name=%s]", [container.name])
}
