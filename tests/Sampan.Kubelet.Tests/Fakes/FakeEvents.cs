using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Events;

namespace Sampan.Kubelet.Tests.Fakes;

internal sealed class FakeEvents : IPodEvents
{
    public ConcurrentQueue<string> All { get; } = new();

    /// <summary>Those of the last event that had any.</summary>
    public Dictionary<string, string> Annotations { get; private set; } = [];

    public void Pod(Pod pod, string? container, string type, string reason, string message, Dictionary<string, string>? annotations = null)
    {
        All.Enqueue($"{type} {reason} {message}");
        Annotations = annotations ?? Annotations;
    }

    public void Claim(PersistentVolumeClaim claim, string type, string reason, string message) => All.Enqueue($"{claim.Metadata.Name}: {type} {reason} {message}");

    public void Node(string type, string reason, string message) => All.Enqueue($"{type} {reason} {message}");
}
