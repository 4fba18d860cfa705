using Sampan.Client.Features;

namespace Sampan.Kubelet.Configuration;

/// <summary>What cannot be meant. Texts are upstream's (pkg/kubelet/apis/config/validation), all problems at once.</summary>
internal static class ConfigurationValidation
{
    /// <exception cref="ConfigurationException">Everything that is wrong with it.</exception>
    public static KubeletConfiguration Check(KubeletConfiguration c)
    {
        if (FeatureGates.Problem(c.FeatureGates) is { } gates) throw new ConfigurationException("failed to set feature gates from initial flags-based config: " + gates);
        var problems = Problems(c).ToList();
        return problems.Count == 0
            ? c
            : throw new ConfigurationException("failed to validate kubelet configuration, error: " + (problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]"));
    }

    private static IEnumerable<string> Problems(KubeletConfiguration c) =>
        NumberChecks.Of(c).Concat(ResourceChecks.Of(c)).Concat(ChoiceChecks.Of(c)).Concat(LogChecks.Of(c)).Select(p => "invalid configuration: " + p).Concat(ChoiceChecks.Foreign(c));
}
