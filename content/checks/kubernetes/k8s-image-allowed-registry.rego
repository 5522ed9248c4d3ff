# METADATA
# title: Images come from approved registries
# description: |
#   Asks every container, init container and ephemeral container for its `image`. The parameter `registries` lists what is
#   approved: a registry, or a registry and the beginning of a path (`registry.example`, `ghcr.io/shop`). An image without a
#   registry is one of Docker Hub, `docker.io`; if it has no path either, of `docker.io/library`. As long as the list is empty
#   nothing is approved and nothing is asked.
#   Kubernetes documentation: "Images".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   parameters:
#     registries:
#       type: strings
#       default: []
#       description: registries, with the beginning of a path or without, that images may come from
#   impact: 0.7
#   family: change
#   rationale: >-
#     Whoever fills the registry decides what runs. Anyone can push to a public one, under a name that looks like yours.
#   fix:
#     text: >-
#       Copy the image to an approved registry and name it there, or have the registry approved and added to the parameter.
#   revision: 1
#   aliases: [gatekeeper:k8sallowedrepos, kubescape:C-0001, kubescape:C-0078, kyverno:restrict-image-registries]
package checks.kubernetes.k8s_image_allowed_registry

import data.lib.kubernetes

applies if {
	count(data.plumb.params.registries) > 0
	count(kubernetes.containers) > 0
}

deny contains {"msg": msg, "place": place(found), "key": found.key} if {
	some found in kubernetes.containers
	not approved(found.container)
	msg := sprintf(
		"%s has image `%v`, wanted one from %s",
		[found.name, kubernetes.field(found.container, "image"), concat(", ", data.plumb.params.registries)],
	)
}

approved(container) if is_below_one(container.image)

approved(container) if is_below_one(hub_name(container.image))

is_below_one(image) if {
	some registry in data.plumb.params.registries
	startswith(image, sprintf("%s/", [trim_suffix(registry, "/")]))
}

# The name of an image of Docker Hub, as far as it can be approved. The first part of a name is a registry if it has a dot or a port, or is `localhost`.
# Source: the grammar of the distribution project's package `reference`.
hub_name(image) := "docker.io/library/" if {
	regex.match(`^[^/]+$`, image)
} else := concat("/", ["docker.io", image]) if {
	contains(image, "/")
	not regex.match(`^([^/]*[.:][^/]*|localhost)/`, image)
}

place(found) := sprintf("%s/image", [found.place]) if {
	_ := found.container.image
} else := found.place
