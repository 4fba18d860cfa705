using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Authentication.ServiceAccounts;

/// <summary>
/// Issues service account tokens: POST …/serviceaccounts/{name}/token.
/// Upstream: pkg/registry/core/serviceaccount/storage/token.go.
/// </summary>
internal sealed class TokenRequests(ServiceAccountOptions options, IObjectSource objects, TimeProvider time)
{
    private const long DefaultExpirationSeconds = 3600;
    private const long MinExpirationSeconds = 600;
    private const long MaxExpirationSeconds = 1L << 32;

    /// <summary>What the kubelet asks for when a pod does not say; only such tokens are extended.</summary>
    private const long ProjectedExpirationSeconds = 3607;

    private static readonly TimeSpan Extended = TimeSpan.FromDays(365);

    /// <summary>Answers the request with a token; <paramref name="warn"/> takes what the client should know.</summary>
    public TokenRequest Create(string ns, string name, TokenRequest request, Action<string> warn)
    {
        CheckName(request.Metadata.Name, name);
        CheckNamespace(request.Metadata.Namespace, ns);
        if (options.SigningKey is not { } key)
            throw StatusException.ServiceUnavailable("this API server issues no service account tokens: it has no signing key");
        var account = objects.Get<ServiceAccount>(ns, name)
            ?? throw StatusException.NotFound(new GroupResource("", "serviceaccounts"), name);
        var answer = Prepare(request, account);
        Validate(answer);
        var bound = Bind(answer.Spec.BoundObjectRef, account);
        Shorten(answer.Spec, warn);
        answer.Status.Token = key.Sign(Claims(answer.Spec, account, bound).ToJson());
        answer.Status.ExpirationTimestamp = time.GetUtcNow().AddSeconds(answer.Spec.ExpirationSeconds!.Value);
        return answer;
    }

    private TokenRequest Prepare(TokenRequest request, ServiceAccount account)
    {
        var answer = request.DeepClone();
        if (answer.Metadata.Uid.Length > 0 && answer.Metadata.Uid != account.Metadata.Uid)
        {
            throw StatusException.Conflict(
                new GroupResource("authentication.k8s.io", "TokenRequest"), account.Metadata.Name,
                $"the UID in the token request ({answer.Metadata.Uid}) does not match the UID of the service account ({account.Metadata.Uid})");
        }

        answer.Metadata.Name = account.Metadata.Name;
        answer.Metadata.Namespace = account.Metadata.Namespace;
        answer.Metadata.Uid = account.Metadata.Uid;
        answer.Metadata.CreationTimestamp = time.GetUtcNow();
        answer.Spec.ExpirationSeconds ??= DefaultExpirationSeconds;
        if (answer.Spec.Audiences is not { Count: > 0 })
            answer.Spec.Audiences = [.. options.ApiAudiences];
        answer.Status = new TokenRequestStatus();
        return answer;
    }

    private static void CheckName(string given, string expected)
    {
        if (given.Length > 0 && given != expected)
        {
            var errors = new FieldErrors();
            errors.Invalid(FieldPath.Of("metadata").Child("name"), given, "must match the service account name if specified");
            throw StatusException.Invalid(new GroupKind("authentication.k8s.io", "TokenRequest"), expected, errors);
        }
    }

    private static void CheckNamespace(string given, string expected)
    {
        if (given.Length > 0 && given != expected)
        {
            throw StatusException.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    private static void Validate(TokenRequest request)
    {
        var path = FieldPath.Of("spec").Child("expirationSeconds");
        var errors = new FieldErrors();
        if (request.Spec.ExpirationSeconds < MinExpirationSeconds)
            errors.Invalid(path, request.Spec.ExpirationSeconds, "may not specify a duration less than 10 minutes");
        if (request.Spec.ExpirationSeconds > MaxExpirationSeconds)
            errors.Invalid(path, request.Spec.ExpirationSeconds, "may not specify a duration larger than 2^32 seconds");
        if (errors.Any)
            throw StatusException.Invalid(new GroupKind("authentication.k8s.io", "TokenRequest"), "", errors);
    }

    /// <summary>Finds the object that the token shall live and die with.</summary>
    private BoundObjects Bind(BoundObjectReference? reference, ServiceAccount account)
    {
        if (reference is null)
            return new BoundObjects();
        var name = reference.Name ?? "";
        var bound = (GroupOf(reference), reference.Kind) switch
        {
            ("", "Pod") => BindPod(name, account),
            ("", "Secret") => new BoundObjects { Secret = NameOf(Find<Secret>("secrets", account.Metadata.Namespace, name)) },
            ("", "Node") => new BoundObjects { Node = NameOf(Find<Node>("nodes", null, name)) },
            _ => throw StatusException.BadRequest($"cannot bind token to object of type {TypeText(reference)}"),
        };
        var uid = (bound.Pod ?? bound.Secret ?? bound.Node)!.Uid;
        if (reference.Uid is { Length: > 0 } wanted && wanted != uid)
        {
            throw StatusException.Conflict(
                new GroupResource(GroupOf(reference), reference.Kind ?? ""), name,
                $"the UID in the bound object reference ({wanted}) does not match the UID in record. The object might have been deleted and then recreated");
        }

        return bound;
    }

    /// <summary>A token of a pod also tells the pod's node, by name alone when the node is not known.</summary>
    private BoundObjects BindPod(string name, ServiceAccount account)
    {
        var pod = Find<Pod>("pods", account.Metadata.Namespace, name);
        if (pod.Spec.ServiceAccountName != account.Metadata.Name)
        {
            throw StatusException.BadRequest(
                $"cannot bind token for serviceaccount {GoText.Quote(account.Metadata.Name)} to pod running with different serviceaccount name.");
        }

        var node = pod.Spec.NodeName is { Length: > 0 } nodeName
            ? new ObjectName(nodeName, objects.Get<Node>(null, nodeName)?.Metadata.Uid ?? "")
            : null;
        return new BoundObjects { Pod = NameOf(pod), Node = node };
    }

    private void Shorten(TokenRequestSpec spec, Action<string> warn)
    {
        if (options.MaxExpiration is not { } max || spec.ExpirationSeconds <= max.TotalSeconds)
            return;
        var seconds = (long)max.TotalSeconds;
        warn($"requested expiration of {spec.ExpirationSeconds} seconds shortened to {seconds} seconds");
        spec.ExpirationSeconds = seconds;
    }

    private ServiceAccountClaims Claims(TokenRequestSpec spec, ServiceAccount account, BoundObjects bound)
    {
        var now = time.GetUtcNow();
        var requested = TimeSpan.FromSeconds(spec.ExpirationSeconds!.Value);
        var isExtended = options.ExtendExpiration && bound.Pod is not null
            && spec.ExpirationSeconds == ProjectedExpirationSeconds && spec.Audiences!.All(options.ApiAudiences.Contains);
        return new ServiceAccountClaims
        {
            Issuer = options.Issuers[0],
            Namespace = account.Metadata.Namespace,
            ServiceAccount = NameOf(account),
            Pod = bound.Pod,
            Secret = bound.Secret,
            Node = bound.Node,
            Audiences = spec.Audiences!,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + (isExtended ? Extended : requested),
            WarnAfter = isExtended ? now + requested : null,
            Id = Guid.NewGuid().ToString(),
        };
    }

    private T Find<T>(string resource, string? ns, string name)
        where T : class, IObject<T> =>
        objects.Get<T>(ns, name) ?? throw StatusException.NotFound(new GroupResource("", resource), name);

    private static ObjectName NameOf(IObject value) => new(value.Metadata.Name, value.Metadata.Uid);

    private static string GroupOf(BoundObjectReference reference) =>
        reference.ApiVersion is { } version && version.Contains('/', StringComparison.Ordinal) ? version[..version.IndexOf('/', StringComparison.Ordinal)] : "";

    private static string TypeText(BoundObjectReference reference) => $"{reference.ApiVersion}, Kind={reference.Kind}";

    private sealed record BoundObjects
    {
        public ObjectName? Pod { get; init; }

        public ObjectName? Secret { get; init; }

        public ObjectName? Node { get; init; }
    }
}
