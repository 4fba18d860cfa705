using Sampan.Api;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Nodes;

/// <summary>What keeps the node from running pods.</summary>
internal sealed class NodeHealth(IContainerRuntime runtime, RuntimeCache cache, Func<bool> isShuttingDown)
{
    private const string Network = "NetworkReady";
    private static readonly TimeSpan MaxSilence = TimeSpan.FromMinutes(3);

    /// <summary>What the runtime's handlers can do, as it said last.</summary>
    public IReadOnlyList<Cri.RuntimeHandler> Handlers { get; private set; } = [];

    /// <summary>What the runtime can do whatever the handler is; null where it does not say.</summary>
    public Cri.RuntimeFeatures? Features { get; private set; }

    /// <summary>Why no pod can have a network of its own; null while no reason is known.</summary>
    public string? NetworkProblem { get; private set; }

    /// <summary>Raised when there is a network for pods after there was none.</summary>
    public event Action? NetworkReady;

    /// <summary>Looks again where there was no network for pods, whether or not anybody else does.</summary>
    public Task RecheckNetworkAsync(CancellationToken cancellationToken) => NetworkProblem is null ? Task.CompletedTask : ProblemsAsync(cancellationToken);

    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        try
        {
            var status = await runtime.StatusAsync(cancellationToken);
            (Handlers, Features) = (status.RuntimeHandlers, status.Features);
            var wrong = status.Status.Conditions.Where(c => !c.Status).ToList();
            problems.AddRange(wrong.Select(Describe));
            SetNetwork(wrong.Where(c => c.Type == Network).Select(Describe).FirstOrDefault());
        }
        catch (RpcException e)
        {
            problems.Add($"container runtime is down: {e.Detail}");
        }

        if (cache.SinceLastListing is not { } silence)
        {
            problems.Add("PLEG is not healthy: pleg has yet to be successful");
        }
        else if (silence > MaxSilence)
        {
            problems.Add($"PLEG is not healthy: pleg was last seen active {new Duration(silence)} ago; threshold is {new Duration(MaxSilence)}");
        }

        if (isShuttingDown())
        {
            problems.Add("node is shutting down");
        }

        return problems;
    }

    private static string Describe(Cri.RuntimeCondition condition) =>
        $"{(condition.Type == Network ? "container runtime network not ready" : "container runtime not ready")}: {condition.Type}=false reason:{condition.Reason} message:{condition.Message}";

    private void SetNetwork(string? problem)
    {
        var before = NetworkProblem;
        NetworkProblem = problem;
        if (before is not null && problem is null)
        {
            NetworkReady?.Invoke();
        }
    }
}
