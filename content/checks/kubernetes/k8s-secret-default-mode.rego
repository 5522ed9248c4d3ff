# METADATA
# title: Mounted secrets have a tight mode
# description: |
#   Asks for the mode of every file that a Secret becomes in a pod, by a secret volume or as a source of a projected volume. Tight
#   is: nothing for others, and at most reading for the group (mode & 0037 is 0). A file has the mode of its entry under `items`,
#   else the volume's `defaultMode`, else 0644, which fails. So a volume whose every item has a tight mode of its own passes,
#   whatever its default. JSON writes modes in decimal: 256 is 0400, 288 is 0440, 420 is 0644.
#   Not asked of pods without such a volume, nor where `os.name` is windows: nodes there cannot set these modes. A Secret that
#   comes as an environment variable, through a CSI driver or as a service account's token is not this check's question.
#   Kubernetes documentation: "Secrets".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.5
#   family: encryption
#   rationale: >-
#     A key that every user of a container may read is read by whatever gets to run there, however little it may do otherwise.
#   fix:
#     text: >-
#       Set defaultMode to 0440 (288 in JSON), or the mode of single items. Unless the container runs as root, give the pod a
#       securityContext.fsGroup: the files then belong to that group and stay readable to the container.
#     patch: patch
#   revision: 1
package checks.kubernetes.k8s_secret_default_mode

import data.lib.kubernetes

applies if {
	count(mounts) > 0
	not kubernetes.windows
}

# First the default of each volume, as far as files are left to it. `path` and `mode` are for the patch: where a mode is written
# or should be, and which one files get now.
deny contains {"msg": msg, "place": setting.place, "key": key, "path": path, "mode": setting.mode} if {
	some mount in mounts
	not own_modes(mount.secret)
	setting := default_setting(mount)
	not tight(setting.mode)
	msg := sprintf(
		"volume `%v` gives files of a Secret the mode %s, wanted 0440 or tighter",
		[mount.volume, written(setting.mode)],
	)
	key := sprintf("volumes[name=%v]", [mount.volume])
	path := sprintf("%s/defaultMode", [mount.holder_place])
}

# Then the modes of single items, which are named by their path: no two in a volume have the same.
deny contains {"msg": msg, "place": place, "key": key, "path": place, "mode": item.mode} if {
	some mount in mounts
	some index, item in mount.secret.items
	item.mode != null
	not tight(item.mode)
	path := kubernetes.field(item, "path")
	msg := sprintf("volume `%v` gives `%v` the mode %s, wanted 0440 or tighter", [mount.volume, path, written(item.mode)])
	key := sprintf("volumes[name=%v]/items[path=%v]", [mount.volume, path])
	place := sprintf("%s/items/%v/mode", [mount.place, index])
}

patch := [{"op": "add", "path": part.path, "value": tightened(part.mode)} | some part in deny]

# The Secrets that the pod mounts. `holder` is what has the `defaultMode`: the secret volume itself, or the projected volume.
mounts contains {
	"secret": volume.secret,
	"place": place,
	"holder": volume.secret,
	"holder_place": place,
	"volume": kubernetes.field(volume, "name"),
} if {
	some index, volume in kubernetes.pod.spec.volumes
	volume.secret != null
	place := sprintf("%s/volumes/%v/secret", [kubernetes.pod.place, index])
}

mounts contains {
	"secret": source.secret,
	"place": sprintf("%s/sources/%v/secret", [place, number]),
	"holder": volume.projected,
	"holder_place": place,
	"volume": kubernetes.field(volume, "name"),
} if {
	some index, volume in kubernetes.pod.spec.volumes
	some number, source in volume.projected.sources
	source.secret != null
	place := sprintf("%s/volumes/%v/projected", [kubernetes.pod.place, index])
}

# Holds where no file is left to the default. No items means every key of the Secret.
own_modes(secret) if {
	count(secret.items) > 0
	every item in secret.items {
		item.mode != null
	}
}

# The mode of files without their own, and where it is written, else the source that should have it; `null` is unset.
default_setting(mount) := {"mode": mode, "place": place} if {
	mode := mount.holder.defaultMode
	mode != null
	place := sprintf("%s/defaultMode", [mount.holder_place])
} else := {"mode": 420, "place": mount.holder_place}

# Nothing for others (0007), and neither writing nor executing for the group (0030).
tight(mode) if bits.and(mode, 31) == 0

# A mode as people write it. What is no whole number is shown as it stands in the document.
written(mode) := sprintf("%04o", [mode]) if {
	mode == floor(mode)
} else := json.marshal(mode)

# Takes away what is too much and keeps the rest: 0644 becomes 0640. What is no mode at all becomes 0400.
tightened(mode) := kept if {
	kept := bits.and(mode, 480)
} else := 256
