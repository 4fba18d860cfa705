using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sampan.Client.Http;

/// <summary>Who the client is: bearer tokens and certificates, fresh after a file or plugin rotated them.</summary>
internal sealed class Credentials
{
    private static readonly TimeSpan TokenFileAge = TimeSpan.FromMinutes(1);

    private readonly ClientConfig _config;
    private readonly TimeProvider _time;
    private readonly ExecPlugin? _exec;
    private readonly Lock _lock = new();
    private (string Token, long ReadAt)? _fileToken;
    private readonly FileValue<X509Certificate2>? _certificate;

    public Credentials(ClientConfig config, TimeProvider time)
    {
        _config = config;
        _time = time;
        _certificate = CertificateOf(config);
        _exec = config.Exec is { } exec ? new ExecPlugin(exec, config, time) : null;
    }

    public async ValueTask ApplyAsync(HttpRequestHeaders headers, CancellationToken cancellationToken)
    {
        var token = TokenFromFile() ?? _config.Token;
        if (_config.TokenSource is { } source) token ??= await source(cancellationToken);
        if (_exec is not null) token ??= (await _exec.GetAsync(cancellationToken)).Token;
        if (!string.IsNullOrEmpty(token))
            headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        else if (_config.Username is { } user)
            headers.Authorization = new AuthenticationHeaderValue("Basic", Basic(user));
        if (_config.Impersonate is { } impersonate) headers.TryAddWithoutValidation("Impersonate-User", impersonate);
        foreach (var group in _config.ImpersonateGroups) headers.TryAddWithoutValidation("Impersonate-Group", group);
    }

    /// <summary>After a 401: forgets what may be stale; true when trying again may help.</summary>
    public bool Refresh()
    {
        lock (_lock)
        {
            var stale = _fileToken is not null;
            _fileToken = null;
            if (_config.TokenSource is not null && _config.TokenRefused is { } refused)
            {
                refused();
                stale = true;
            }

            return _exec?.Forget() ?? stale;
        }
    }

    public X509Certificate2? ClientCertificate() => _exec?.Certificate ?? _certificate?.Current;

    private static FileValue<X509Certificate2>? CertificateOf(ClientConfig config)
    {
        if (config.ClientCertificateData is null && config.ClientCertificateFile is null) return null;
        var certificate = config.ClientCertificateData is null ? config.ClientCertificateFile : null;
        var key = config.ClientKeyData is null ? config.ClientKeyFile ?? config.ClientCertificateFile : null;
        string[] files = [.. new[] { certificate, key }.OfType<string>()];
        return new(texts => X509Certificate2.CreateFromPem(config.ClientCertificateData ?? texts[0], config.ClientKeyData ?? texts[^1]), files);
    }

    private string? TokenFromFile()
    {
        if (_config.TokenFile is not { } file) return null;
        lock (_lock)
        {
            if (_fileToken is { } known && _time.GetElapsedTime(known.ReadAt) < TokenFileAge) return known.Token;
            try
            {
                _fileToken = (File.ReadAllText(file).Trim(), _time.GetTimestamp());
            }
            catch (IOException) when (_fileToken is not null)
            {
                // A rotation may be half-way; the old token still serves.
            }

            return _fileToken?.Token;
        }
    }

    private string Basic(string user) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{_config.Password}"));
}
