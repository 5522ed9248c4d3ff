# METADATA
# title: Pods set only safe kernel parameters
# description: |
#   Asks the pod for `securityContext.sysctls`. What the parameter `allowed` lists passes: by default those that the Pod
#   Security Standards call safe, as of Kubernetes 1.32. Not asked of a pod whose `os.name` is windows.
#   Pod Security Standards, baseline: "Sysctls".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   parameters:
#     allowed:
#       type: strings
#       default: [kernel.shm_rmid_forced, net.ipv4.ip_local_port_range, net.ipv4.ip_local_reserved_ports,
#         net.ipv4.ip_unprivileged_port_start, net.ipv4.ping_group_range, net.ipv4.tcp_fin_timeout,
#         net.ipv4.tcp_keepalive_intvl, net.ipv4.tcp_keepalive_probes, net.ipv4.tcp_keepalive_time, net.ipv4.tcp_rmem,
#         net.ipv4.tcp_syncookies, net.ipv4.tcp_wmem]
#       description: kernel parameters that a pod may set
#   impact: 0.5
#   family: access
#   rationale: >-
#     Kernel parameters outside the safe ones are shared by every pod of the node: one pod's setting exhausts memory for the
#     others, or switches protection off.
#   fix:
#     text: >-
#       Take the parameter out, or set it for the whole node where its owner can see it.
#   revision: 1
#   aliases: [gatekeeper:k8spspforbiddensysctls, kyverno:restrict-sysctls]
package checks.kubernetes.k8s_sysctls

import data.lib.kubernetes

applies if {
	kubernetes.describes_pod
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": key} if {
	some index, sysctl in kubernetes.pod.spec.securityContext.sysctls
	name := kubernetes.field(sysctl, "name")
	not name in data.plumb.params.allowed
	msg := sprintf("the pod sets the kernel parameter `%v`, which is not among those allowed", [name])
	place := sprintf("%s/securityContext/sysctls/%v", [kubernetes.pod.place, index])
	key := sprintf("sysctls[name=%v]", [name])
}
