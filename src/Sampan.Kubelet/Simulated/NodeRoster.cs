using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Sampan.Api;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Client;

namespace Sampan.Kubelet.Simulated;

/// <summary>The simulated nodes: registers its own, takes over others that are marked as simulated, and renews their leases.</summary>
internal sealed class NodeRoster(SimulatedNodesOptions options, DueWork work)
{
    private const string LeaseNamespace = "kube-node-lease";

    private readonly ConcurrentDictionary<string, Member> _members = new();
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastNumber = options.Count - 1;
    private int _missing;

    /// <summary>Completes when all its own nodes are registered.</summary>
    public Task Complete => _complete.Task;

    public bool TryGet(string? name, [NotNullWhen(true)] out Member? member)
    {
        member = null;
        return name is not null && _members.TryGetValue(name, out member);
    }

    /// <summary>Registers the nodes that are not there yet.</summary>
    public void Register(Func<string, Node?> known)
    {
        _missing = 1;
        for (var number = 0; number < options.Count; number++)
        {
            var name = $"{options.NamePrefix}-{number}";
            _members.TryAdd(name, new Member(name, number));
            if (known(name) is not null) continue;
            Interlocked.Increment(ref _missing);
            var node = number;
            work.Add(TimeSpan.Zero, ct => RegisterAsync(node, ct));
        }
        Arrived();
    }

    public void Changed(Node? old, Node? current)
    {
        if (current is null)
        {
            if (_members.TryRemove(old!.Metadata.Name, out var gone)) gone.IsGone = true;
            return;
        }
        if (!SimulatedNode.IsSimulated(current)) return;
        var member = _members.GetOrAdd(current.Metadata.Name, name => new Member(name, Interlocked.Increment(ref _lastNumber)));
        member.Node = current;
        if (member.HasLease || SimulatedNode.IsSilent(current)) return;
        member.HasLease = true;
        if (!current.Status.Conditions.OrEmpty().Any(c => c is { Type: "Ready", Status: "True" })) work.Add(TimeSpan.Zero, ct => ReportAsync(member, ct));
        work.Add(options.FirstRenewal(member.Number), ct => RenewAsync(member, ct));
    }

    private async Task RegisterAsync(int number, CancellationToken ct)
    {
        try
        {
            await options.Client.Of<Node>().CreateAsync(SimulatedNode.Create(number, options), ct);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            // A run before this one made it.
        }
        Arrived();
    }

    private void Arrived()
    {
        if (Interlocked.Decrement(ref _missing) == 0) _complete.TrySetResult();
    }

    private async Task ReportAsync(Member member, CancellationToken ct)
    {
        var node = member.Node!.DeepClone();
        node.Status = SimulatedNode.Status(member.Name, member.Number, node.Status, options);
        await options.Client.Of<Node>().UpdateStatusAsync(node, ct);
    }

    private async Task RenewAsync(Member member, CancellationToken ct)
    {
        if (member.IsGone || member.Node is not { } node || SimulatedNode.IsSilent(node))
        {
            member.HasLease = false;
            return;
        }
        try
        {
            await WriteLeaseAsync(member, node, ct);
        }
        catch (StatusException)
        {
            member.Lease = null;
            throw;
        }
        work.Add(options.LeaseInterval, next => RenewAsync(member, next));
    }

    private async Task WriteLeaseAsync(Member member, Node node, CancellationToken ct)
    {
        var leases = options.Client.Of<Lease>();
        var known = member.Lease ?? await leases.FindAsync(LeaseNamespace, member.Name, ct);
        var lease = known?.DeepClone() ?? new Lease
        {
            Metadata = new()
            {
                Name = member.Name,
                Namespace = LeaseNamespace,
                OwnerReferences = [new() { ApiVersion = "v1", Kind = "Node", Name = member.Name, Uid = node.Metadata.Uid }],
            },
        };
        lease.Spec ??= new();
        lease.Spec.HolderIdentity = member.Name;
        lease.Spec.LeaseDurationSeconds = (int)(options.LeaseInterval * 4).TotalSeconds;
        lease.Spec.RenewTime = options.Time.GetUtcNow();
        member.Lease = known is null ? await leases.CreateAsync(lease, ct) : await leases.UpdateAsync(lease, ct);
    }

    /// <summary>One simulated node.</summary>
    internal sealed class Member(string name, int number)
    {
        private int _addresses;

        public string Name => name;
        public int Number => number;
        public Node? Node { get; set; }
        public Lease? Lease { get; set; }
        public bool HasLease { get; set; }
        public bool IsGone { get; set; }

        public bool IsSilent => Node is { } node && SimulatedNode.IsSilent(node);

        public string NextPodAddress() => SimulatedNode.PodAddress(number, Interlocked.Increment(ref _addresses));
    }
}
