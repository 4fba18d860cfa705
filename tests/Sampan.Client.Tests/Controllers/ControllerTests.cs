using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Controllers;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;

namespace Sampan.Client.Tests.Controllers;

public sealed class ControllerTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeApi _api;
    private readonly ControllerContext _context;

    public ControllerTests()
    {
        _api = new FakeApi(_time);
        var client = _api.Client;
        _context = new ControllerContext(
            client,
            new InformerFactory(client, _time),
            _time,
            NullLoggerFactory.Instance,
            new MetricRegistry(),
            new EventBroadcaster(client, _time, NullLoggerFactory.Instance));
    }

    /// <summary>A controller that makes one Secret per ConfigMap whenever its cache has none: a stale cache would make two.</summary>
    [Fact]
    public async Task Reconcile_CacheLagsBehindOwnWrite_WaitsInsteadOfRepeating()
    {
        var controller = new OneSecretEach(_context);
        _api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "a" } });
        await StartAsync(controller);
        await Eventually.TrueAsync(() => _api.List<Secret>().Count == 1 && controller.IsIdle, "the first secret");

        _api.HoldWatches();
        controller.Wake("b");
        await Eventually.TrueAsync(() => _api.List<Secret>().Count == 2, "the second secret");
        controller.Wake("b");
        controller.Wake("b");
        await Task.Delay(50);
        Assert.Equal(2, _api.List<Secret>().Count);
        Assert.False(controller.IsIdle);

        _api.ReleaseWatches();
        await Eventually.TrueAsync(() => controller.IsIdle, "the key settles");
        Assert.Equal(2, _api.List<Secret>().Count);
        Assert.Contains("test_controller_stale_sync_skips_total{group=\"\",resource=\"secrets\"} 1\n", _context.Metrics.Render(), StringComparison.Ordinal);
        await controller.StopAsync(default);
    }

    [Fact]
    public async Task Reconcile_Throws_IsTriedAgainWithBackoff()
    {
        var failures = 0;
        _api.Refuse = r => r.Verb == ApiVerbs.Create && r.Resource.Resource == "secrets" && failures++ < 3
            ? StatusException.Conflict(r.Resource.GroupResource, "x") : null;
        var controller = new OneSecretEach(_context);
        _api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "a" } });
        await StartAsync(controller);
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(5));
                return _api.List<Secret>().Count == 1;
            },
            "the fourth try succeeds");
        Assert.Equal(4, failures);
        await controller.StopAsync(default);
    }

    [Fact]
    public async Task Metrics_AfterWork_CountAdds()
    {
        var controller = new OneSecretEach(_context);
        await StartAsync(controller);
        controller.Wake("a");
        await Eventually.TrueAsync(() => controller.IsIdle && _api.List<Secret>().Count == 1, "one secret");
        Assert.Contains("workqueue_adds_total{name=\"one-secret\"}", _context.Metrics.Render(), StringComparison.Ordinal);
        await controller.StopAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _context.Informers.DisposeAsync();
        await _context.Events.DisposeAsync();
    }

    private async Task StartAsync(Controller controller)
    {
        await controller.StartAsync(default);
        await _context.Informers.StartAsync(default);
        await controller.ReadyAsync(default);
    }

    private sealed class OneSecretEach : Controller
    {
        private readonly Informer<Secret> _secrets;
        private readonly OwnWrites<Secret> _writes;

        public OneSecretEach(ControllerContext context)
            : base("one-secret", context)
        {
            Watch<ConfigMap>(m => [KeyOf(m)]);
            _secrets = Use<Secret>();
            _writes = Writes(_secrets);
            CountStaleSyncs("test_controller", "Test");
        }

        public void Wake(string name) => Queue.Add(new ObjectKey("default", name));

        protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
        {
            if (_secrets.List("default").Any(s => s.Metadata.GenerateName == key.Name + "-")) return ReconcileResult.Done;
            var secret = new Secret { Metadata = new ObjectMeta { Namespace = "default", GenerateName = key.Name + "-" } };
            await _writes.CreateAsync(secret, cancellationToken);
            return ReconcileResult.Done;
        }
    }
}
