using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>One rule of the standards: null from <see cref="Find"/> when the pod keeps it.</summary>
/// <param name="Level">The level that it begins with.</param>
/// <param name="Find">What is wrong with the pod at this minor version of the standards.</param>
/// <param name="OnlyBaseline">The restricted level has a stricter rule in its place.</param>
internal sealed record PodSecurityCheck(PodSecurityLevel Level, Func<PodView, int, Violation?> Find, bool OnlyBaseline = false)
{
    /// <summary>In the order in which their findings are told.</summary>
    private static readonly PodSecurityCheck[] All = [.. BaselineChecks.All, .. RestrictedChecks.All];

    public static IReadOnlyList<Violation> Run(PodSecurityRule rule, PodTemplateSpec pod)
    {
        if (rule.Level == PodSecurityLevel.Privileged)
        {
            return [];
        }
        var view = new PodView(pod);
        return
        [
            .. All.Where(check => check.Level <= rule.Level && !(check.OnlyBaseline && rule.Level == PodSecurityLevel.Restricted))
                .Select(check => check.Find(view, rule.Minor)).OfType<Violation>(),
        ];
    }
}
