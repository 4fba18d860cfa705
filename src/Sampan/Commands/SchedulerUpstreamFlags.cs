namespace Sampan.Commands;

/// <summary>Flags of upstream's kube-scheduler that have nothing to set here.</summary>
internal static class SchedulerUpstreamFlags
{
    private const string Open = "health and metrics are open to who reaches --bind-address; explanations ask the API server with the caller's token";

    public static IReadOnlyList<UpstreamFlag> All { get; } = [.. ServingUpstreamFlags.Access(Open), .. ServingUpstreamFlags.All];
}
