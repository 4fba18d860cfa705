using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sampan.ApiServer.Tests.Server;
using Sampan.Client.Metrics;
using Sampan.Store.Embedded;

namespace Sampan.ApiServer.Tests.Fuzz;

/// <summary>Clients that send too much, too fast or never to the end: they are cut off or answered, and the others are served.</summary>
public sealed class FloodTests : IAsyncLifetime
{
    private const byte Headers = 1, Reset = 3, Settings = 4, Ping = 6, Continuation = 9;
    private const byte EndStream = 1, EndHeaders = 4;

    // GET, https, path /readyz, authority a: indexed and literal fields of HPACK.
    private static readonly byte[] GetReadyz = [0x82, 0x87, 0x44, 7, .. "/readyz"u8, 0x41, 1, (byte)'a'];

    private readonly X509Certificate2 _certificate = Certificate();
    private readonly MetricRegistry _metrics = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("sampan-flood-").FullName;
    private EmbeddedStore _store = null!;
    private ApiServer _server = null!;

    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    public async ValueTask InitializeAsync()
    {
        _store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(_directory, "state.db"), Durable = false });
        _server = new ApiServer(new ApiServerOptions
        {
            Store = _store,
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ServingCertificate = () => _certificate,
            Metrics = _metrics,
            Authorization = new AuthorizationOptions { AlwaysAllow = true, EnsureDefaultPolicy = false },
        });
        await _server.StartAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        _certificate.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public Task Http2_StreamsResetAtOnce_OthersAreServed() => FloodAsync(
        3000, id => [.. Frame(Headers, EndStream | EndHeaders, Id(id), GetReadyz), .. Frame(Reset, 0, Id(id), [0, 0, 0, 8])], mustEnd: false);

    [Fact]
    public Task Http2_SettingsAndPings_OthersAreServed() =>
        FloodAsync(5000, _ => [.. Frame(Settings, 0, 0, [0, 4, 0, 0, 0xff, 0xff]), .. Frame(Ping, 0, 0, new byte[8])], mustEnd: false);

    [Fact]
    public Task Http2_HeadersWithoutEnd_CutTheConnection()
    {
        // A field that goes on and on: 16 KiB a frame, far beyond what the headers of a request may have.
        byte[] part = [0x00, 1, (byte)'x', 0x7f, 0x80, 0x7d, .. new byte[16_000]];
        return FloodAsync(200, round => Frame(round == 0 ? Headers : Continuation, round == 0 ? EndStream : (byte)0, 1, part), mustEnd: true);
    }

    /// <summary>It is counted once the server is through with the connection; others are not counted.</summary>
    [Fact]
    public async Task Tls_NoHandshake_IsCounted()
    {
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, _server.Address!.Port, Limit);
            await socket.GetStream().WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), Limit);
        }
        while (!_metrics.Render().Contains("\napiserver_tls_handshake_errors_total 1\n", StringComparison.Ordinal))
        {
            await Task.Delay(10, Limit);
        }
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = IsOurs } };
        using (var http = new HttpClient(handler) { BaseAddress = _server.Address })
        {
            Assert.Contains("apiserver_tls_handshake_errors_total 1\n", await http.GetStringAsync("/metrics", Limit), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Http2_BadFrames_EndTheirConnectionOnly()
    {
        byte[] good = [.. Frame(Settings, 0, 0, []), .. Frame(Headers, EndStream | EndHeaders, 1, GetReadyz), .. Frame(Ping, 0, 0, new byte[8])];
        var mutator = new Mutator(seed: 5);
        for (var round = 0; round < 40; round++)
        {
            await using var connection = await ConnectAsync();
            await TrySendAsync(connection, mutator.Change(good));
        }
        await ServesOthersAsync();
    }

    [Fact]
    public async Task Create_BodyThatNeverEnds_TimesOut()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(time);
        var body = new Pipe();
        await body.Writer.WriteAsync("{\"metadata\":"u8.ToArray(), Limit);
        var answer = server.SendAsync("POST", "/api/v1/namespaces/default/configmaps", body.Reader.AsStream());
        while (!answer.IsCompleted)
        {
            // The deadline counts from when the request is taken.
            time.Advance(TimeSpan.FromSeconds(61));
            await Task.WhenAny(answer, Task.Delay(20));
        }
        Assert.Equal((504, "Timeout"), ((await answer).Code, (await answer).Reason));
        Assert.Contains(
            "apiserver_request_terminations_total{verb=\"POST\",group=\"\",version=\"v1\",resource=\"configmaps\",subresource=\"\",scope=\"resource\",component=\"apiserver\",code=\"504\"} 1",
            (await server.SendAsync("GET", "/metrics")).Text, StringComparison.Ordinal);
    }

    /// <summary>Sends until the server has had enough or the frames are at their end.</summary>
    private async Task FloodAsync(int count, Func<int, byte[]> frames, bool mustEnd)
    {
        await using var connection = await ConnectAsync();
        await connection.WriteAsync(Frame(Settings, 0, 0, []), Limit);
        var reading = DrainAsync(connection);
        var sent = 0;
        while (sent < count && !reading.IsCompleted && await TrySendAsync(connection, frames(sent))) sent++;
        await ServesOthersAsync();
        if (mustEnd) await reading.WaitAsync(Limit);
    }

    private async Task ServesOthersAsync()
    {
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = IsOurs } };
        using var http = new HttpClient(handler) { BaseAddress = _server.Address, DefaultRequestVersion = HttpVersion.Version20 };
        Assert.Equal("ok", await http.GetStringAsync("/readyz", Limit));
    }

    private async Task<SslStream> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _server.Address!.Port, Limit);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                RemoteCertificateValidationCallback = IsOurs,
            },
            Limit);
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), Limit);
        return stream;
    }

    private bool IsOurs(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) => _certificate.Equals(shown);

    /// <summary>False when the server has closed the connection.</summary>
    private static async Task<bool> TrySendAsync(SslStream connection, byte[] bytes)
    {
        try
        {
            await connection.WriteAsync(bytes, Limit);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Reads what the server says until it closes the connection.</summary>
    private static async Task DrainAsync(SslStream connection)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await connection.ReadAsync(buffer, Limit) > 0)
            {
                // Not looked at.
            }
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed, by whomever.
        }
    }

    private static int Id(int round) => (2 * round) + 1;

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
