using Sampan.Store.Embedded;

namespace Sampan.Store.Tests.Embedded;

public sealed class EmbeddedStoreContractTests : StoreContractTests
{
    private readonly TestDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    protected override async Task<IStore> OpenAsync() =>
        await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = _directory.File("kv.db"), Time = _time, Durable = false });

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
