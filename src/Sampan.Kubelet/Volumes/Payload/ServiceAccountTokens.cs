using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes.Payload;

/// <summary>Tokens for pods, bound to them, asked for once and renewed after four fifths of their life or a day.</summary>
internal sealed class ServiceAccountTokens(IPodObjects objects, TimeProvider time)
{
    private const long DefaultLifetime = 3600;
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);
    private readonly ConcurrentDictionary<(string Uid, string Account, string Audience, long Seconds), IssuedToken> _tokens = new();

    public async Task<IssuedToken> GetAsync(Pod pod, string? audience, long? lifetime, CancellationToken cancellationToken)
    {
        var account = pod.Spec.ServiceAccountName is { Length: > 0 } name ? name : "default";
        var seconds = lifetime ?? DefaultLifetime;
        var key = (pod.Metadata.Uid, account, audience ?? "", seconds);
        var known = _tokens.GetValueOrDefault(key);
        if (known is not null && time.GetUtcNow() < known.RenewAt)
        {
            return known;
        }

        try
        {
            return _tokens[key] = await RequestAsync(pod, account, audience, seconds, cancellationToken);
        }
        catch (Exception e) when (known is not null && time.GetUtcNow() < known.ExpiresAt && e is (StatusException or Client.ApiConnectionException))
        {
            // The old one still serves; the next round tries again.
            return known!;
        }
    }

    public void Forget(string podUid)
    {
        foreach (var key in _tokens.Keys.Where(k => k.Uid == podUid))
        {
            _tokens.TryRemove(key, out _);
        }
    }

    private async Task<IssuedToken> RequestAsync(Pod pod, string account, string? audience, long seconds, CancellationToken cancellationToken)
    {
        var request = new TokenRequest();
        request.Spec.Audiences = audience is { Length: > 0 } ? [audience] : [];
        request.Spec.ExpirationSeconds = seconds;
        request.Spec.BoundObjectRef = new() { ApiVersion = "v1", Kind = "Pod", Name = pod.Metadata.Name, Uid = pod.Metadata.Uid };
        var asked = time.GetUtcNow();
        var answer = await objects.CreateTokenAsync(pod.Metadata.Namespace, account, request, cancellationToken);
        var expires = answer.Status.ExpirationTimestamp is { } at ? at.Value : asked + TimeSpan.FromSeconds(seconds);
        var age = (expires - asked) * 0.8;
        return new IssuedToken(answer.Status.Token, asked + (age < MaxAge ? age : MaxAge), expires);
    }
}
