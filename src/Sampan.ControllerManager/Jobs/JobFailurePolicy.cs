using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Jobs;

/// <summary>Applies spec.podFailurePolicy to a failed pod: the first rule that matches decides.</summary>
internal static class JobFailurePolicy
{
    public static JobVerdict Judge(Job job, Pod pod)
    {
        var rules = job.Spec.PodFailurePolicy?.Rules ?? [];
        for (var i = 0; i < rules.Count; i++)
        {
            if (Match(rules[i], pod) is not { } what) continue;
            var verdict = rules[i].Action switch
            {
                "Ignore" => new JobVerdict(IsIgnored: true, FailsJob: false, null),
                "FailJob" => new JobVerdict(false, true, $"{what} matching FailJob rule at index {i}"),
                "FailIndex" => new JobVerdict(false, false, null, FailsIndex: true),
                _ => default,
            };
            return verdict with { Action = rules[i].Action };
        }

        return default;
    }

    private static string? Match(PodFailurePolicyRule rule, Pod pod) =>
        rule.OnExitCodes is { } codes ? MatchCode(codes, pod) : MatchCondition(rule.OnPodConditions.OrEmpty(), pod);

    private static string? MatchCode(PodFailurePolicyOnExitCodesRequirement codes, Pod pod)
    {
        var statuses = pod.Status.ContainerStatuses.OrEmpty().Concat(pod.Status.InitContainerStatuses.OrEmpty());
        foreach (var status in statuses.Where(s => codes.ContainerName is null || codes.ContainerName == s.Name))
        {
            if (status.State.Terminated is not { ExitCode: not 0 and var code }) continue;
            if (codes.Values.Contains(code) == (codes.Operator == "In"))
                return $"Container {status.Name} for pod {pod.Metadata.Namespace}/{pod.Metadata.Name} failed with exit code {code}";
        }

        return null;
    }

    private static string? MatchCondition(IReadOnlyList<PodFailurePolicyOnPodConditionsPattern> patterns, Pod pod)
    {
        foreach (var pattern in patterns)
        {
            if (pod.Status.Conditions?.Exists(c => c.Type == pattern.Type && c.Status == pattern.Status) == true)
                return $"Pod {pod.Metadata.Namespace}/{pod.Metadata.Name} has condition {pattern.Type}";
        }

        return null;
    }
}
