using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Simulated;

/// <summary>How one simulated pod behaves, from its annotations. A value that cannot be read counts as not given.</summary>
internal sealed record PodBehaviour
{
    public TimeSpan StartAfter { get; private init; }

    /// <summary>Null: never.</summary>
    public TimeSpan? ReadyAfter { get; private init; }

    /// <summary>Null: until the pod is deleted.</summary>
    public TimeSpan? RunFor { get; private init; }

    public int ExitCode { get; private init; }
    public string? FailStart { get; private init; }
    public TimeSpan StopAfter { get; private init; }

    private static PodBehaviour Default { get; } = new() { ReadyAfter = TimeSpan.Zero };

    public static PodBehaviour Of(Pod pod)
    {
        if (pod.Metadata.Annotations is not { Count: > 0 } annotations) return Default;
        var ready = annotations.GetValueOrDefault(SimulationAnnotations.ReadyAfter);
        return new PodBehaviour
        {
            StartAfter = Read(pod, SimulationAnnotations.StartAfter) ?? TimeSpan.Zero,
            ReadyAfter = ready == "never" ? null : Read(pod, SimulationAnnotations.ReadyAfter) ?? TimeSpan.Zero,
            RunFor = Read(pod, SimulationAnnotations.RunFor),
            ExitCode = int.TryParse(annotations.GetValueOrDefault(SimulationAnnotations.ExitCode), CultureInfo.InvariantCulture, out var code) ? code : 0,
            FailStart = annotations.GetValueOrDefault(SimulationAnnotations.FailStart),
            StopAfter = Read(pod, SimulationAnnotations.StopAfter) ?? TimeSpan.Zero,
        };
    }

    /// <summary>A duration; of a range, the same place in it for the same seed.</summary>
    internal static TimeSpan? Duration(string? text, string seed)
    {
        if (text is null) return null;
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return Single(text);
        if (Single(text[..dots]) is not { } low || Single(text[(dots + 2)..]) is not { } high || high < low) return null;
        return low + ((high - low) * (Hash(seed) % 1000 / 1000.0));
    }

    private static TimeSpan? Read(Pod pod, string annotation) =>
        Duration(pod.Metadata.Annotations.OrEmpty().GetValueOrDefault(annotation), pod.Metadata.Uid + annotation);

    private static TimeSpan? Single(string text) =>
        Api.Duration.TryParse(text, out var duration) && duration.Nanoseconds >= 0 ? TimeSpan.FromTicks(duration.Nanoseconds / 100) : null;

    // FNV-1a: the same in every process, unlike string.GetHashCode.
    private static uint Hash(string text)
    {
        var hash = 2166136261;
        foreach (var c in text) hash = (hash ^ c) * 16777619;
        return hash;
    }
}
