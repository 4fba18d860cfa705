using Microsoft.AspNetCore.Connections;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Http;

/// <summary>Counts the connections that end before TLS has begun: one step stands before it, one after it.</summary>
internal sealed class HandshakeErrors(MetricRegistry metrics)
{
    private readonly CounterValue _errors = metrics.Counter("apiserver_tls_handshake_errors_total", "Connections that ended before TLS had begun.").With();

    public ConnectionDelegate Before(ConnectionDelegate next) => async connection =>
    {
        await next(connection);
        if (connection.Features.Get<Mark>() is null)
        {
            _errors.Increment();
        }
    };

    public static ConnectionDelegate After(ConnectionDelegate next) => connection =>
    {
        connection.Features.Set(Mark.Instance);
        return next(connection);
    };

    private sealed class Mark
    {
        public static readonly Mark Instance = new();
    }
}
