using Sampan.Api.Authentication.V1;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.ServiceAccounts;

/// <summary>
/// A token of a service account in kube-system, which is made if it is missing; renewed when four fifths of its life are over.
/// A controller that acts with it has only the rights that its role grants.
/// </summary>
public sealed class ServiceAccountToken(ApiClient client, string account, TimeProvider time) : IDisposable
{
    private const string Namespace = "kube-system";
    private const long Lifetime = 3600;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private string _token = "";
    private DateTimeOffset _renewAt;
    private volatile bool _refused;

    private bool IsFresh => !_refused && time.GetUtcNow() < _renewAt;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (IsFresh) return _token;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!IsFresh) await RenewAsync(cancellationToken);
            return _token;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>After a 401: the account may have been made anew. The next request asks for another token.</summary>
    public void Forget() => _refused = true;

    public void Dispose() => _turn.Dispose();

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        _refused = false;
        var answer = await AskAsync(cancellationToken);
        _token = answer.Status.Token;
        var expires = answer.Status.ExpirationTimestamp?.Value ?? now.AddSeconds(Lifetime);
        _renewAt = now + ((expires - now) * 0.8);
    }

    private async Task<TokenRequest> AskAsync(CancellationToken cancellationToken)
    {
        var accounts = client.Of<ServiceAccount>();
        try
        {
            return await RequestAsync(accounts, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            try
            {
                await accounts.CreateAsync(new ServiceAccount { Metadata = new() { Namespace = Namespace, Name = account } }, cancellationToken);
            }
            catch (StatusException taken) when (taken.IsAlreadyExists)
            {
            }

            return await RequestAsync(accounts, cancellationToken);
        }
    }

    private Task<TokenRequest> RequestAsync(ResourceClient<ServiceAccount> accounts, CancellationToken cancellationToken) =>
        accounts.CreateSubresourceAsync<TokenRequest, TokenRequest>(
            Namespace, account, "token", new TokenRequest { Spec = new() { ExpirationSeconds = Lifetime } }, cancellationToken);
}
