using Sampan.Api.Authentication.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.ServiceAccounts;

namespace Sampan.ControllerManager.Tests.ServiceAccounts;

public sealed class ServiceAccountTokenTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeApi _api;
    private int _issued;

    public ServiceAccountTokenTests() => _api = new FakeApi(_time) { Special = Answer };

    [Fact]
    public async Task Get_NoAccountYet_MakesItAndRenewsTheTokenInTime()
    {
        using var token = new ServiceAccountToken(_api.Client, "job-controller", _time);
        Assert.Equal("token-1", await token.GetAsync(default));
        Assert.NotNull(_api.Find<ServiceAccount>("kube-system", "job-controller"));
        _time.Advance(TimeSpan.FromMinutes(47));
        Assert.Equal("token-1", await token.GetAsync(default));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("token-2", await token.GetAsync(default));
    }

    [Fact]
    public async Task Get_AskedAtOnce_AsksTheServerOnce()
    {
        using var token = new ServiceAccountToken(_api.Client, "job-controller", _time);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await token.GetAsync(default))));
        Assert.All(answers, a => Assert.Equal("token-1", a));
    }

    [Fact]
    public async Task Forget_TokenWasRefused_TheNextOneIsNew()
    {
        using var token = new ServiceAccountToken(_api.Client, "job-controller", _time);
        Assert.Equal("token-1", await token.GetAsync(default));
        token.Forget();
        Assert.Equal("token-2", await token.GetAsync(default));
        Assert.Equal("token-2", await token.GetAsync(default));
    }

    private object? Answer(ApiRequest request)
    {
        if (request.Subresource != "token") return null;
        if (_api.Find<ServiceAccount>(request.Namespace, request.Name!) is null) throw StatusException.NotFound(request.Resource.GroupResource, request.Name!);
        return new TokenRequest { Status = new() { Token = $"token-{++_issued}", ExpirationTimestamp = new Time(_time.GetUtcNow().AddHours(1)) } };
    }
}
