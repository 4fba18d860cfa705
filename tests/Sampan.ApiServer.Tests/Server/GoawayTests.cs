using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Filters;

namespace Sampan.ApiServer.Tests.Server;

public sealed class GoawayTests
{
    [Theory]
    [InlineData("HTTP/2", 1, true)]
    [InlineData("HTTP/2", 0, false)]
    [InlineData("HTTP/1.1", 1, false)]
    public async Task Invoke_ByChance_AsksTheClientToConnectAnew(string protocol, double chance, bool closes)
    {
        var (connection, answered) = (new Connection(), false);
        var http = new DefaultHttpContext();
        http.Request.Protocol = protocol;
        http.Features.Set<IConnectionLifetimeNotificationFeature>(connection);
        await new GoawayFilter(chance, new Random(1)).InvokeAsync(new ApiRequest(http), _ =>
        {
            answered = true;
            return Task.CompletedTask;
        });
        Assert.True(answered);
        Assert.Equal(closes, connection.IsClosing);
    }

    private sealed class Connection : IConnectionLifetimeNotificationFeature
    {
        public bool IsClosing { get; private set; }

        public CancellationToken ConnectionClosedRequested { get; set; }

        public void RequestClose() => IsClosing = true;
    }
}
