# METADATA
# title: Images have a fixed tag
# description: |
#   Asks every container, init container and ephemeral container for its `image`. A tag other than `latest` passes, and so does
#   a digest, whatever tag stands before it. No tag fails, since the runtime then takes `latest`. The colon of a port is no tag
#   (`registry:5000/app`), and that of a digest is none either. No image, an empty one, and text that cannot be an image's name
#   fail: nothing in them is fixed.
#   Kubernetes documentation: "Images".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.5
#   family: change
#   rationale: >-
#     What runs under `latest` changes without a change being made: nobody approved it, no two nodes need run the same, and there
#     is nothing to go back to.
#   fix:
#     text: >-
#       Name the image by the tag of a release, or better by its digest, e.g. registry.example/app:1.4.2 or
#       registry.example/app@sha256:….
#   revision: 1
#   aliases: [checkov:CKV_K8S_14, gatekeeper:k8sdisallowedtags, kubescape:C-0075, kyverno:disallow-latest-tag,
#     steampipe:core_image_tag_fixed]
package checks.kubernetes.k8s_image_tag_fixed

import data.lib.kubernetes

applies if count(kubernetes.containers) > 0

deny contains {"msg": msg, "place": place(found), "key": found.key} if {
	some found in kubernetes.containers
	not fixed(found.container)
	msg := sprintf(
		"%s has image `%v`, wanted one with a digest, or with a tag other than latest",
		[found.name, kubernetes.field(found.container, "image")],
	)
}

# A reference is `[host[:port]/]path[:tag][@algorithm:hex]`: a tag holds no `/`, so the last colon of `host:5000/app` begins none.
# Source: the grammar of the distribution project's package `reference`.
fixed(container) if regex.match(`^[^@\s]+@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$`, container.image)

fixed(container) if {
	regex.match(`^[^@\s]+:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$`, container.image)
	not endswith(container.image, ":latest")
}

# Where the image is written, else the container, which should name it.
place(found) := sprintf("%s/image", [found.place]) if {
	found.container.image
} else := found.place
