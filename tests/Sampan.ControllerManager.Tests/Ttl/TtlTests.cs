using System.Globalization;
using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Ttl;
using Sampan.ControllerManager.TtlAfterFinished;

namespace Sampan.ControllerManager.Tests.Ttl;

public sealed class TtlTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Nodes_TheMoreThereAre_TheLongerSecretsMayBeKept()
    {
        PutNodes(0, 100);
        await _harness.StartAsync(c => new TtlController(c));
        await SecondsAsync("0");
        PutNodes(100, 101);
        await SecondsAsync("15");
        for (var i = 100; i >= 90; i--) Api.Remove<Node>("", NameOf(i));
        await SecondsAsync("15");
        Api.Remove<Node>("", NameOf(89));
        await SecondsAsync("0");
    }

    [Theory]
    [InlineData("Complete")]
    [InlineData("Failed")]
    public async Task Job_Finished_GoesWhenItsTimeIsOver(string end)
    {
        PutJob(seconds: 60, end);
        await _harness.StartAsync(c => new TtlAfterFinishedController(c));
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(59));
        Assert.NotNull(Api.Find<Job>("default", "job"));
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        await _harness.UntilAsync(() => Api.Find<Job>("default", "job") is null or { Metadata.DeletionTimestamp: not null }, "deleted");
    }

    [Theory]
    [InlineData(null, "Complete")]
    [InlineData(60, null)]
    public async Task Job_WithoutTimeOrUnfinished_Stays(int? seconds, string? end)
    {
        PutJob(seconds, end);
        await _harness.StartAsync(c => new TtlAfterFinishedController(c));
        await _harness.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Null(Api.Find<Job>("default", "job")!.Metadata.DeletionTimestamp);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static string NameOf(int number) => number.ToString("000", CultureInfo.InvariantCulture);

    private void PutNodes(int from, int to)
    {
        for (var i = from; i < to; i++) Api.Put(new Node { Metadata = new() { Name = NameOf(i) } });
    }

    private Task SecondsAsync(string seconds) => _harness.UntilAsync(
        () => Api.List<Node>().TrueForAll(n => n.Metadata.Annotations?.GetValueOrDefault("node.alpha.kubernetes.io/ttl") == seconds), $"{seconds} s on all nodes");

    private void PutJob(int? seconds, string? end) => Api.Put(new Job
    {
        Metadata = new() { Namespace = "default", Name = "job" },
        Spec = new() { TtlSecondsAfterFinished = seconds, Template = Workloads.Template("one") },
        Status = new() { Conditions = end is null ? null : [new() { Type = end, Status = "True", LastTransitionTime = _harness.Time.GetUtcNow() }] },
    });
}
