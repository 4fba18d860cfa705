namespace Sampan.Kubelet.Simulated;

/// <summary>What users write on nodes and pods to say how they behave. Durations: <c>1500ms</c>, <c>10s</c>, <c>2m</c>, <c>1h</c>, or a range <c>5s..30s</c>.</summary>
public static class SimulationAnnotations
{
    private const string Prefix = "simulation.sampan.dev/";

    /// <summary>On a node, <c>"true"</c>: it is simulated, whoever made it.</summary>
    public const string Node = Prefix + "node";

    /// <summary>On a node, <c>"true"</c>: it stops renewing its lease and does nothing for its pods, as if it were cut off.</summary>
    public const string Silent = Prefix + "silent";

    /// <summary>On a pod: the time until its containers run.</summary>
    public const string StartAfter = Prefix + "start-after";

    /// <summary>On a pod: the time from running to ready; <c>never</c>.</summary>
    public const string ReadyAfter = Prefix + "ready-after";

    /// <summary>On a pod: the time from running to the containers' end; without it they run until the pod is deleted.</summary>
    public const string RunFor = Prefix + "run-for";

    /// <summary>On a pod: what its containers end with.</summary>
    public const string ExitCode = Prefix + "exit-code";

    /// <summary>On a pod: the reason for which its containers never start, such as <c>ImagePullBackOff</c>.</summary>
    public const string FailStart = Prefix + "fail-start";

    /// <summary>On a pod: the time from its deletion to its end.</summary>
    public const string StopAfter = Prefix + "stop-after";
}
