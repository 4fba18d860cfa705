using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// Whether a container that ended starts again: the first of its own rules that fits the exit code decides, then its own
/// policy, then the pod's.
/// </summary>
internal static class RestartRules
{
    public const string Restart = "Restart";
    public const string RestartAll = "RestartAllContainers";

    public static bool Allow(Pod pod, Container container, int exitCode) => ActionFor(container, exitCode) is Restart or RestartAll || PolicyOf(pod, container) switch
    {
        PodExtensions.Never => false,
        PodExtensions.OnFailure => exitCode != 0,
        _ => true,
    };

    /// <summary>What the first rule that fits says; null where none does.</summary>
    public static string? ActionFor(Container container, int exitCode) =>
        container.RestartPolicyRules.OrEmpty().FirstOrDefault(rule => Fits(rule, exitCode))?.Action;

    /// <summary>Whether a container that failed starts again where its exit code is not known, so that no rule can say.</summary>
    public static bool PolicyAllowsFailure(Pod pod, Container container) => PolicyOf(pod, container) != PodExtensions.Never;

    /// <summary>Whether any end of the container could lead to another start.</summary>
    public static bool MayRestart(Pod pod, Container container) =>
        PolicyAllowsFailure(pod, container) || container.RestartPolicyRules.OrEmpty().Count > 0;

    private static string PolicyOf(Pod pod, Container container) =>
        container.RestartPolicy is { Length: > 0 } own ? own : pod.RestartPolicyOrDefault();

    private static bool Fits(ContainerRestartRule rule, int exitCode) => rule.ExitCodes is { } codes && codes.Operator switch
    {
        "In" => codes.Values.OrEmpty().Contains(exitCode),
        "NotIn" => !codes.Values.OrEmpty().Contains(exitCode),
        _ => false,
    };
}
