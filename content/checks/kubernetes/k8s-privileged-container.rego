# METADATA
# title: No container is privileged
# description: |
#   Asks every container, init container and ephemeral container for `securityContext.privileged`. False, null and nothing
#   pass; everything else fails, a value of the wrong type too. Not asked of a pod whose `os.name` is windows: the API server
#   refuses the field there.
#   Pod Security Standards, baseline: "Privileged Containers".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.9
#   family: access
#   rationale: >-
#     A privileged container has every capability and every device of its node. Whoever breaks into it owns the node, and with
#     it every other pod there.
#   fix:
#     text: >-
#       Set securityContext.privileged to false or leave it out. A container that needs one right of root gets that right under
#       securityContext.capabilities.add.
#     patch: patch
#   revision: 1
#   aliases: [checkov:CKV_K8S_16, gatekeeper:k8spspprivilegedcontainer, kubescape:C-0057, kubescape:C-0193,
#     kyverno:disallow-privileged-containers, steampipe:core_minimize_privileged_containers]
package checks.kubernetes.k8s_privileged_container

import data.lib.kubernetes

applies if {
	count(kubernetes.containers) > 0
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.containers
	value := kubernetes.switched_on(found.container.securityContext, "privileged")
	msg := sprintf("%s is privileged: `privileged` is %s, wanted false or nothing", [found.name, json.marshal(value)])
	place := sprintf("%s/securityContext/privileged", [found.place])
}

patch := [{"op": "replace", "path": part.place, "value": false} | some part in deny]
