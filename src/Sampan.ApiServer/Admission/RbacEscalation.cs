using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Authorization.Rbac;

namespace Sampan.ApiServer.Admission;

/// <summary>Nobody grants what they do not have. Not a plugin that can be switched off upstream either: part of the RBAC storage.</summary>
internal sealed class RbacEscalation(EscalationCheck check) : AdmissionPlugin
{
    public override string Name => "RBAC";

    public override async ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (request.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update))
        {
            return;
        }
        var (user, cancelled) = (request.User, request.Context.Cancelled);
        switch (request.Object, request.OldObject)
        {
            case (Role role, var old) when !(old is Role was && SameRules(role.Rules, was.Rules)):
                await check.CheckRoleAsync(user, role, cancelled);
                break;
            case (ClusterRole role, var old) when !(old is ClusterRole was && SameRules(role.Rules, was.Rules)
                && (role.AggregationRule?.DeepEquals(was.AggregationRule) ?? was.AggregationRule is null)):
                await check.CheckClusterRoleAsync(user, role, cancelled);
                break;
            case (RoleBinding binding, var old) when !(old is RoleBinding was && SameSubjects(binding.Subjects, was.Subjects)):
                await check.CheckBindingAsync(user, binding, cancelled);
                break;
            case (ClusterRoleBinding binding, var old) when !(old is ClusterRoleBinding was && SameSubjects(binding.Subjects, was.Subjects)):
                await check.CheckBindingAsync(user, binding, cancelled);
                break;
        }
    }

    private static bool SameRules(List<PolicyRule>? a, List<PolicyRule>? b) =>
        (a?.Count ?? 0) == (b?.Count ?? 0) && (a ?? []).Zip(b ?? []).All(pair => pair.First.DeepEquals(pair.Second));

    private static bool SameSubjects(List<Subject>? a, List<Subject>? b) =>
        (a?.Count ?? 0) == (b?.Count ?? 0) && (a ?? []).Zip(b ?? []).All(pair => pair.First.DeepEquals(pair.Second));
}
