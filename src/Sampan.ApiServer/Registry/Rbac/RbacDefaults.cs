using Sampan.Api;
using Sampan.Api.Rbac.V1;

namespace Sampan.ApiServer.Registry.Rbac;

/// <summary>API groups that bindings may leave out.</summary>
internal static class RbacDefaults
{
    public const string Group = "rbac.authorization.k8s.io";

    public static void Apply(RoleRef role, List<Subject>? subjects)
    {
        if (role.ApiGroup.Length == 0)
        {
            role.ApiGroup = Group;
        }
        foreach (var subject in subjects.OrEmpty().Where(subject => string.IsNullOrEmpty(subject.ApiGroup)))
        {
            subject.ApiGroup = subject.Kind is "User" or "Group" ? Group : subject.ApiGroup;
        }
    }
}
