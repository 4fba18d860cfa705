using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>Upstream: HandlePodAdditions, which admits pods by their age.</summary>
public sealed class FirstPodsTests
{
    private readonly List<string> _told = [];
    private readonly FirstPods _first;
    private bool _isListed;

    public FirstPodsTests() => _first = new(() => _isListed, (old, current) => _told.Add($"{old?.Metadata.Name} {current?.Metadata.Name}"));

    [Fact]
    public void Deliver_WhatWasThere_ComesByAge()
    {
        Add("young", 2);
        Add("old", 1);
        Add("unborn", null);
        Assert.Empty(_told);

        _first.Deliver();
        _first.Deliver();

        Assert.Equal([" unborn", " old", " young"], _told);
        Add("later", 0);
        Assert.Equal(" later", _told[^1]);
    }

    [Fact]
    public void OnChange_AfterTheList_ComesBehindIt()
    {
        var pod = Add("old", 1);
        _isListed = true;

        _first.OnChange(pod, null);

        Assert.Equal([" old", "old "], _told);
    }

    private Pod Add(string name, int? minute)
    {
        var pod = Node.Pod(name, p => p.Metadata.CreationTimestamp = minute is { } m ? new DateTimeOffset(2026, 1, 1, 0, m, 0, TimeSpan.Zero) : null);
        _first.OnChange(null, pod);
        return pod;
    }
}
