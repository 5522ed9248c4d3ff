# METADATA
# title: Pods mount no paths of the host
# description: |
#   Asks every volume for `hostPath`. Null and nothing pass; whatever path is written fails, read-only mounts too: what the node
#   keeps there is not the pod's to read.
#   Pod Security Standards, baseline: "HostPath Volumes".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.7
#   family: access
#   rationale: >-
#     A path of the node in a pod is a way out of the container: the kubelet's credentials, the runtime's socket and the logs of
#     every other pod are files there.
#   fix:
#     text: >-
#       Use a persistentVolumeClaim, emptyDir, configMap or secret volume. Agents that read their node belong in a namespace of
#       their own, with a waiver.
#   revision: 1
#   aliases: [gatekeeper:k8spsphostfilesystem, kubescape:C-0045, kubescape:C-0048, kubescape:C-0203, kyverno:disallow-host-path]
package checks.kubernetes.k8s_host_path

import data.lib.kubernetes

applies if kubernetes.describes_pod

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.volumes
	source := found.volume.hostPath
	source != null
	msg := sprintf(
		"%s mounts `%v` of its node, wanted a volume that is not of the host",
		[found.name, kubernetes.field(source, "path")],
	)
	place := sprintf("%s/hostPath", [found.place])
}
