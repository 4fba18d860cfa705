using Sampan.Api.Core.V1;
using Sampan.ControllerManager.NodeLifecycle;

namespace Sampan.ControllerManager.Tests.NodeLifecycle;

/// <summary>Which pods a NoExecute taint drives off a node, and when, as pods and nodes change.</summary>
public sealed class TaintEvictionTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private bool IsGone => Api.Find<Pod>("default", "web") is null;

    /// <summary>Tolerations of the taint a, in seconds; + for one without an end, - for none.</summary>
    [Theory]
    [InlineData("tainted", null, "-", -1)]
    [InlineData("sound", "sound", "-", -1)]
    [InlineData("tainted", "tainted", "-", 0)]
    [InlineData("tainted", "tainted", "100", 100)]
    [InlineData("tainted", "tainted", "+", -1)]
    [InlineData("tainted", "tainted", "0", 0)]
    [InlineData("tainted", "tainted", "-7", 0)]
    public async Task Reconcile_PodIsCreated_GoesWhenItsTolerationEnds(string taint, string? node, string toleration, int expected)
    {
        PutNodes(taint == "tainted");
        await StartAsync();
        PutPod(node, toleration);
        await GoesAfterAsync(expected);
    }

    [Theory]
    [InlineData("gets the node", 0)]
    [InlineData("gets the node and bears it", -1)]
    [InlineData("bears it no longer", 0)]
    [InlineData("bears it for longer", 200)]
    [InlineData("bears it for less", 50)]
    [InlineData("bears it for ever", -1)]
    public async Task Reconcile_PodChanges_FollowsIt(string what, int expected)
    {
        PutNodes(tainted: true);
        var unbound = what.StartsWith("gets", StringComparison.Ordinal);
        PutPod(unbound ? null : "tainted", unbound ? "-" : "100");
        await StartAsync();
        await _harness.SettleAsync();
        PutPod("tainted", what switch { "gets the node and bears it" => "+", "gets the node" or "bears it no longer" => "-", "bears it for longer" => "200", "bears it for less" => "50", _ => "+" });
        await GoesAfterAsync(expected);
    }

    [Theory]
    [InlineData("a", "-", 0)]
    [InlineData("a", "100", 100)]
    [InlineData("a b", "100", 0)]
    [InlineData("", "-", -1)]
    public async Task Reconcile_NodeIsTainted_PodsFollow(string taints, string toleration, int expected)
    {
        PutNodes(tainted: false);
        PutPod("tainted", toleration);
        await StartAsync();
        await _harness.SettleAsync();
        Assert.False(IsGone);
        PutNode("tainted", taints);
        await GoesAfterAsync(expected);
    }

    [Fact]
    public async Task Reconcile_TwoTaintsOneGoes_LastsAsTheOtherIsBorne()
    {
        PutNode("tainted", "a b");
        PutPod("tainted", "10", ("b", "100"));
        await StartAsync();
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(5));
        PutNode("tainted", "b");
        await GoesAfterAsync(95);
    }

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    public async Task Reconcile_PodHasFinished_GoesTheSame(string phase)
    {
        PutNodes(tainted: true);
        PutPod("tainted", "100");
        var pod = Api.Find<Pod>("default", "web")!.DeepClone();
        pod.Status.Phase = phase;
        Api.Put(pod);
        await StartAsync();
        await GoesAfterAsync(100);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task GoesAfterAsync(int seconds)
    {
        if (seconds != 0)
        {
            await _harness.AdvanceAsync(TimeSpan.FromSeconds(seconds < 0 ? 1000 : seconds - 1));
            Assert.False(IsGone);
        }

        if (seconds >= 0) await _harness.AdvanceUntilAsync(() => IsGone, "the pod goes");
    }

    private Task StartAsync() => _harness.StartAsync(c => new TaintEvictionController(c));

    private void PutNodes(bool tainted)
    {
        PutNode("tainted", tainted ? "a" : "");
        PutNode("sound", "");
    }

    private void PutNode(string name, string taints) => Api.Put(new Node
    {
        Metadata = new() { Name = name },
        Spec = new() { Taints = [.. taints.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(key => new Taint { Key = key, Effect = "NoExecute" })] },
    });

    private void PutPod(string? node, string toleration, params (string Key, string Time)[] more)
    {
        var pod = Workloads.Pod("web", node: node);
        pod.Spec.Tolerations = [.. more.Prepend(("a", toleration)).Where(t => t.Item2 != "-").Select(t => new Toleration
        {
            Key = t.Item1, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = t.Item2 == "+" ? null : long.Parse(t.Item2, System.Globalization.CultureInfo.InvariantCulture),
        })];
        Api.Put(pod);
    }
}
