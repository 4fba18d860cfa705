namespace Sampan.ControllerManager.Certificates;

/// <summary>Signs with the key of now: an authority may be replaced while the manager runs.</summary>
internal sealed class Authority : IDisposable
{
    private readonly Func<SigningKey> _source;
    private readonly Lock _lock = new();
    private SigningKey _key;
    private CertificateSigner _signer;

    public Authority(Func<SigningKey> source)
    {
        (_source, _key) = (source, source());
        _signer = new CertificateSigner(_key);
    }

    /// <inheritdoc cref="CertificateSigner.Sign"/>
    public byte[] Sign(ParsedRequest parsed, IReadOnlyCollection<string> usages, TimeSpan lifetime, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_source() is var key && key != _key)
            {
                var fresh = new CertificateSigner(key);
                _signer.Dispose();
                (_key, _signer) = (key, fresh);
            }

            return _signer.Sign(parsed, usages, lifetime, now);
        }
    }

    public void Dispose() => _signer.Dispose();
}
