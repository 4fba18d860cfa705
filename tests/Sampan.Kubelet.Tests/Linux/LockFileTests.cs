using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Linux;

/// <summary>Upstream: test/e2e_node, lock_contention_linux_test.go.</summary>
public sealed class LockFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Acquire_FileThatAnotherHolds_WaitsForIt()
    {
        var first = await AcquireAsync(leavesOnContention: false);
        using var impatient = new CancellationTokenSource();
        var given = LockFile.AcquireAsync(_directory["lock"], leavesOnContention: false, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        Assert.False(first.Completion.IsCompleted);
        await first.StopAsync(default);
    }

    [Fact]
    public async Task Acquire_FileOfOneWhoLeavesOnContention_EndsItAndTakesIt()
    {
        var first = await AcquireAsync(leavesOnContention: true);
        Assert.False(first.Completion.IsCompleted);

        var second = AcquireAsync(leavesOnContention: true);
        await first.Completion;
        await first.StopAsync(default);

        var held = await second;
        await held.StopAsync(default);
        Assert.False(held.Completion.IsCompleted);
    }

    [Fact]
    public async Task Acquire_WhereThereIsNoDirectory_Fails()
    {
        var failure = await Assert.ThrowsAsync<IOException>(() => LockFile.AcquireAsync(_directory["nowhere/lock"], leavesOnContention: false, default));
        Assert.Equal($"unable to open \"{_directory["nowhere/lock"]}\": No such file or directory", failure.Message);
    }

    private Task<LockFile> AcquireAsync(bool leavesOnContention) => LockFile.AcquireAsync(_directory["lock"], leavesOnContention, default);
}
