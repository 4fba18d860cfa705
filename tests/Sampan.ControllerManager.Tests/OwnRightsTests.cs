using Sampan.Api.Core.V1;
using Sampan.ControllerManager.ServiceAccounts;

namespace Sampan.ControllerManager.Tests;

/// <summary>With --use-service-account-credentials a controller may do what its role says and no more; the caches are the manager's.</summary>
public sealed class OwnRightsTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Create_AnswerIsLostAndTheAccountMayNotRead_DoesNotStandStill()
    {
        var lost = false;
        Api.LoseAnswer = r => r is { Verb: ApiVerbs.Create, Resource.Resource: "serviceaccounts" } && !lost && (lost = true) ? new ApiConnectionException("connection reset") : null;
        Api.Put(new Namespace { Metadata = new() { Name = "default" }, Status = new() { Phase = "Active" } });
        await _harness.StartAsync(c => new ServiceAccountController(c with { Client = new ApiClient(new OnlyCreates(Api)) }));
        await _harness.AdvanceUntilAsync(() => lost && Account() is not null, "made");
        var since = _harness.Time.GetUtcNow();
        Api.Remove<ServiceAccount>("default", "default");
        await _harness.AdvanceUntilAsync(() => Account() is not null, "made again");
        Assert.True(_harness.Time.GetUtcNow() - since < TimeSpan.FromMinutes(2), "the account waits until its last write is given up");

        ServiceAccount? Account() => Api.Find<ServiceAccount>("default", "default");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    /// <summary>The API for one whose role is to create, which is all that upstream gives some controllers.</summary>
    private sealed class OnlyCreates(IApiTransport api) : IApiTransport
    {
        public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) => request.Verb == ApiVerbs.Create
            ? api.SendAsync(request, cancellationToken)
            : Task.FromException<ApiResponse>(StatusException.Forbidden(request.Resource.GroupResource, request.Name ?? "", $"may not {request.Verb}"));

        public IAsyncEnumerable<ApiEvent> WatchAsync(ApiRequest request, CancellationToken cancellationToken) => api.WatchAsync(request, cancellationToken);

        public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => api.OpenAsync(request, cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
