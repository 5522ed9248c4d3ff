# METADATA
# title: Images come from a known registry
# description: Asks every container for its image.
# custom:
#   resources: [k8s//Pod]
#   impact: 0.7
#   family: change
#   rationale: Whoever may name any registry may run anything.
#   fix: {text: Take the image from a registry that is listed.}
#   parameters:
#     registries: {type: strings, default: [registry.example/], description: What images begin with.}
#   revision: 3
package checks.demo.demo_image_tag

deny contains {"msg": msg, "place": place, "key": key} if {
	some index, container in input.spec.containers
	not from_known_registry(container.image)
	msg := sprintf("image `%s` is from no known registry", [container.image])
	place := sprintf("/spec/containers/%d/image", [index])
	key := sprintf("containers[name=%s]/image", [container.name])
}

from_known_registry(image) if {
	some registry in data.plumb.params.registries
	startswith(image, registry)
}
