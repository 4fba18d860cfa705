using Sampan.Api.Rbac.V1;

namespace Sampan.ApiServer.Registry.Rbac;

/// <summary>The resources of the group rbac.authorization.k8s.io.</summary>
internal static class RbacResources
{
    public static IEnumerable<ResourceDescriptor> All() =>
    [
        ResourceDescriptors.Of(new RbacStrategy<Role>(validate: (role, errors) => RbacValidation.Rules(role.Rules, true, errors))),
        ResourceDescriptors.Of(new RbacStrategy<ClusterRole>(validate: RbacValidation.ClusterRole)),
        ResourceDescriptors.Of(new RbacStrategy<RoleBinding>(
            binding => RbacDefaults.Apply(binding.RoleRef, binding.Subjects),
            (binding, errors) => RbacValidation.Binding(binding.RoleRef, binding.Subjects, true, errors),
            (binding, old, errors) => RbacValidation.SameRole(binding.RoleRef, old.RoleRef, errors))),
        ResourceDescriptors.Of(new RbacStrategy<ClusterRoleBinding>(
            binding => RbacDefaults.Apply(binding.RoleRef, binding.Subjects),
            (binding, errors) => RbacValidation.Binding(binding.RoleRef, binding.Subjects, false, errors),
            (binding, old, errors) => RbacValidation.SameRole(binding.RoleRef, old.RoleRef, errors))),
    ];
}
