using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Events;

namespace Sampan.Kubelet.Tests.Fakes;

internal sealed class FakeEvents : IPodEvents
{
    public ConcurrentQueue<string> All { get; } = new();

    public void Pod(Pod pod, string? container, string type, string reason, string message) => All.Enqueue($"{type} {reason} {message}");

    public void Node(string type, string reason, string message) => All.Enqueue($"{type} {reason} {message}");
}
