# METADATA
# title: Containers drop every capability
# description: |
#   Asks every container, init container and ephemeral container for `capabilities.drop`, which is to hold `ALL`, and for
#   `capabilities.add`, which may then give back NET_BIND_SERVICE and nothing else. `ALL` is written in capitals: Pod Security
#   takes no other spelling. Not asked of a pod whose `os.name` is windows.
#   Pod Security Standards, restricted: "Capabilities".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.5
#   family: access
#   rationale: >-
#     Every container starts with more than a dozen rights of root, which hardly any program uses and every intruder tries.
#   fix:
#     text: >-
#       Set securityContext.capabilities.drop to [ALL]. A program that listens below port 1024 gets NET_BIND_SERVICE under add.
#   revision: 1
#   aliases: [checkov:CKV_K8S_37, gatekeeper:k8spspcapabilities, kubescape:C-0046, kubescape:C-0201,
#     kyverno:disallow-capabilities-strict, kyverno:require-drop-all]
package checks.kubernetes.k8s_capabilities_dropped

import data.lib.kubernetes

applies if {
	count(kubernetes.containers) > 0
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.containers
	not "ALL" in found.container.securityContext.capabilities.drop
	msg := sprintf("%s keeps capabilities, wanted `ALL` under `drop`", [found.name])
	place := kubernetes.security_place(found, "capabilities")
}

deny contains {"msg": msg, "place": place, "key": key} if {
	some found in kubernetes.containers
	some index, capability in found.container.securityContext.capabilities.add
	capability != "NET_BIND_SERVICE"
	msg := sprintf("%s adds the capability `%v`, wanted NET_BIND_SERVICE at most", [found.name, capability])
	place := sprintf("%s/securityContext/capabilities/add/%v", [found.place, index])
	key := sprintf("%s/capabilities/add[%v]", [found.key, capability])
}
