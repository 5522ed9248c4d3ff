# METADATA
# title: No container is a process of its Windows host
# description: |
#   Asks the pod and every container, init container and ephemeral container for `windowsOptions.hostProcess`, each for itself.
#   False, null and nothing pass; everything else fails.
#   Pod Security Standards, baseline: "HostProcess".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.9
#   family: access
#   rationale: >-
#     A HostProcess container is no container: it runs on the Windows node itself, with the rights of the user it names, and
#     reaches every other pod there.
#   fix:
#     text: >-
#       Set windowsOptions.hostProcess to false or leave it out. Agents that manage nodes belong in a namespace of their own,
#       with a waiver.
#     patch: patch
#   revision: 1
#   aliases: [kyverno:disallow-host-process]
package checks.kubernetes.k8s_host_process

import data.lib.kubernetes

applies if kubernetes.describes_pod

deny contains {"msg": msg, "place": place, "key": key} if {
	some found in kubernetes.security_contexts
	value := kubernetes.switched_on(found.context.windowsOptions, "hostProcess")
	msg := sprintf(
		"%s runs on its Windows node itself: `hostProcess` is %s, wanted false or nothing",
		[found.name, json.marshal(value)],
	)
	place := sprintf("%s/windowsOptions/hostProcess", [found.place])
	key := sprintf("%s/windowsOptions", [found.key])
}

patch := [{"op": "replace", "path": part.place, "value": false} | some part in deny]
