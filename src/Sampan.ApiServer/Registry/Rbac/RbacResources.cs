using Sampan.Api.Rbac.V1;

namespace Sampan.ApiServer.Registry.Rbac;

/// <summary>The resources of the group rbac.authorization.k8s.io.</summary>
internal static class RbacResources
{
    public static IEnumerable<ResourceDescriptor> All() =>
    [
        ResourceDescriptors.Of(new RbacStrategy<Role>((role, _, errors) => RbacValidation.Rules(role.Rules, true, errors))),
        ResourceDescriptors.Of(new RbacStrategy<ClusterRole>(RbacValidation.ClusterRole)),
        ResourceDescriptors.Of(new RbacStrategy<RoleBinding>(
            (binding, old, errors) => RbacValidation.Binding(binding.RoleRef, old?.RoleRef, binding.Subjects, true, errors),
            binding => RbacDefaults.Apply(binding.RoleRef, binding.Subjects))),
        ResourceDescriptors.Of(new RbacStrategy<ClusterRoleBinding>(
            (binding, old, errors) => RbacValidation.Binding(binding.RoleRef, old?.RoleRef, binding.Subjects, false, errors),
            binding => RbacDefaults.Apply(binding.RoleRef, binding.Subjects))),
    ];
}
