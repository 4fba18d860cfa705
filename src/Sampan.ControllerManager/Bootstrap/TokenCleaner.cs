using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Bootstrap;

/// <summary>Deletes bootstrap tokens that have ended. Upstream: pkg/controller/bootstrap.</summary>
internal sealed class TokenCleaner(ControllerContext context) : ExpiryController<Secret>(
    "token-cleaner-controller", context, context.Informers.For<Secret>(BootstrapTokens.Namespace, $"type={BootstrapTokens.SecretType}"))
{
    protected override DateTimeOffset? EndOf(Secret secret) => secret.Type == BootstrapTokens.SecretType ? BootstrapTokens.EndOf(secret) : null;
}
