using System.Reflection;
using Sampan.Client.Metrics;

namespace Sampan.Client;

/// <summary>How to reach an API server and as whom. Certificates and keys are PEM; files are re-read when they change.</summary>
public sealed record ClientConfig
{
    /// <summary>The server's base URL, such as <c>https://127.0.0.1:6443</c>.</summary>
    public required string Server { get; init; }

    public string? CertificateAuthorityData { get; init; }

    public string? CertificateAuthorityFile { get; init; }

    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>The name to expect in the server's certificate when it is not the URL's host.</summary>
    public string? TlsServerName { get; init; }

    public string? ClientCertificateData { get; init; }

    public string? ClientCertificateFile { get; init; }

    public string? ClientKeyData { get; init; }

    public string? ClientKeyFile { get; init; }

    public string? Token { get; init; }

    /// <summary>Wins over <see cref="Token"/>; read again every minute, since bound tokens rotate.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Asked for the token of each request; whoever gives it renews it in time.</summary>
    public Func<CancellationToken, ValueTask<string>>? TokenSource { get; init; }

    /// <summary>Told when the server refuses such a token; it is asked for another one then.</summary>
    public Action? TokenRefused { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public ExecPluginConfig? Exec { get; init; }

    public string? Impersonate { get; init; }

    public IReadOnlyList<string> ImpersonateGroups { get; init; } = [];

    /// <summary>The namespace of the chosen context.</summary>
    public string Namespace { get; init; } = "default";

    public string? ProxyUrl { get; init; }

    public string UserAgent { get; init; } = DefaultUserAgent;

    /// <summary>Where requests are counted; null: nowhere.</summary>
    public MetricRegistry? Metrics { get; init; }

    /// <summary>How typed objects travel.</summary>
    public WireFormat Format { get; init; } = WireFormat.Json;

    /// <summary>The longest wait for the answer to a request that is not a watch or stream.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The same server for whoever has the token, with none of the rights that this configuration has.</summary>
    public ClientConfig As(string token) => Anonymous() with { Token = token };

    /// <summary>The same server, without saying who asks.</summary>
    public ClientConfig Anonymous() => this with
    {
        ClientCertificateData = null, ClientCertificateFile = null, ClientKeyData = null, ClientKeyFile = null, Token = null, TokenFile = null, TokenSource = null, TokenRefused = null,
        Username = null, Password = null, Exec = null, Impersonate = null, ImpersonateGroups = [],
    };

    private static string DefaultUserAgent { get; } =
        $"sampan/{Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0"} ({Environment.OSVersion.Platform.ToString().ToLowerInvariant()})";
}
