# METADATA
# title: Containers see /proc masked
# description: |
#   Asks every container, init container and ephemeral container for `procMount`. Default, null and nothing pass: the runtime
#   then masks what /proc shows of the kernel. Not asked of a pod whose `os.name` is windows.
#   Pod Security Standards, baseline: "/proc Mount Type".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.5
#   family: access
#   rationale: >-
#     Unmasked, /proc lets a container read and write settings of the kernel that belong to the whole node.
#   fix:
#     text: >-
#       Set securityContext.procMount to Default or leave it out.
#     patch: patch
#   revision: 1
#   aliases: [gatekeeper:k8spspprocmount, kyverno:disallow-proc-mount]
package checks.kubernetes.k8s_proc_mount

import data.lib.kubernetes

applies if {
	count(kubernetes.containers) > 0
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.containers
	mount := found.container.securityContext.procMount
	not mount in {"Default", null}
	msg := sprintf("%s sees /proc unmasked: `procMount` is `%v`, wanted Default or nothing", [found.name, mount])
	place := sprintf("%s/securityContext/procMount", [found.place])
}

patch := [{"op": "replace", "path": part.place, "value": "Default"} | some part in deny]
