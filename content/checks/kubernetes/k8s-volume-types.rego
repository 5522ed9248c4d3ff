# METADATA
# title: Volumes are of the core types
# description: |
#   Asks every volume for its source. configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected
#   and secret pass, and so does none, which is an emptyDir. Sources that are null are unset. hostPath is the question of
#   `k8s-host-path`.
#   Pod Security Standards, restricted: "Volume Types".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.5
#   family: access
#   rationale: >-
#     A pod that names its own storage brings server, path and often credentials along, and nobody who runs the cluster decided
#     on them.
#   fix:
#     text: >-
#       Give the storage to a PersistentVolume, which an administrator makes, and mount it by a persistentVolumeClaim.
#   revision: 1
#   aliases: [gatekeeper:k8spspvolumetypes, kyverno:restrict-volume-types]
package checks.kubernetes.k8s_volume_types

import data.lib.kubernetes

applies if kubernetes.describes_pod

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.volumes
	some source, settings in found.volume
	settings != null
	not source in passing
	msg := sprintf("%s is of the type %s, wanted one that the cluster's administrator can decide on", [found.name, source])
	place := sprintf("%s/%s", [found.place, source])
}

# Members of a volume that are no source to object to.
passing := {
	"configMap",
	"csi",
	"downwardAPI",
	"emptyDir",
	"ephemeral",
	"hostPath",
	"image",
	"name",
	"persistentVolumeClaim",
	"projected",
	"secret",
}
