# METADATA
# title: Containers add no capabilities beyond the usual
# description: |
#   Asks every container, init container and ephemeral container for `capabilities.add`. What the parameter `allowed` lists
#   passes: by default the thirteen that the Pod Security Standards leave to everyone. `ALL`, other spellings and what is no
#   text fail. Not asked of a pod whose `os.name` is windows: the API server refuses the field there.
#   Pod Security Standards, baseline: "Capabilities".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   parameters:
#     allowed:
#       type: strings
#       default: [AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP,
#         SETUID, SYS_CHROOT]
#       description: capabilities that a container may add
#   impact: 0.7
#   family: access
#   rationale: >-
#     Capabilities are the rights of root, one by one. SYS_ADMIN, NET_ADMIN or SYS_PTRACE in a container are enough to leave it.
#   fix:
#     text: >-
#       Take the capability out of securityContext.capabilities.add. If the program cannot do without it, move that part of it
#       into a pod of its own, with a waiver.
#   revision: 1
#   aliases: [checkov:CKV_K8S_25, gatekeeper:k8spspcapabilities, kubescape:C-0046, kubescape:C-0200,
#     kyverno:disallow-capabilities]
package checks.kubernetes.k8s_capabilities_added

import data.lib.kubernetes

applies if {
	count(kubernetes.containers) > 0
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": key} if {
	some found in kubernetes.containers
	some index, capability in found.container.securityContext.capabilities.add
	not capability in data.plumb.params.allowed
	msg := sprintf("%s adds the capability `%v`, which is not among those allowed", [found.name, capability])
	place := sprintf("%s/securityContext/capabilities/add/%v", [found.place, index])
	key := sprintf("%s/capabilities/add[%v]", [found.key, capability])
}
