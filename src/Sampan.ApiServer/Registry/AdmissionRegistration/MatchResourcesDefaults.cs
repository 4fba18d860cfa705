using Sampan.Api;
using Sampan.Api.AdmissionRegistration.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>What rules of admission have when their author does not say.</summary>
internal static class MatchResourcesDefaults
{
    public static void Apply(MatchResources? match)
    {
        if (match is null)
        {
            return;
        }
        match.MatchPolicy ??= "Equivalent";
        match.NamespaceSelector ??= new LabelSelector();
        match.ObjectSelector ??= new LabelSelector();
        foreach (var rule in match.ResourceRules.OrEmpty().Concat(match.ExcludeResourceRules.OrEmpty()))
        {
            rule.Scope ??= "*";
        }
    }
}
