using Sampan.ApiServer.Authorization;
using Sampan.ApiServer.Authorization.Node;
using Sampan.ApiServer.Authorization.Rbac;

namespace Sampan.ApiServer.Composition;

/// <summary>The authorizers in upstream's order: nodes, then RBAC. system:masters passes before both.</summary>
internal sealed class AuthorizationParts : IDisposable
{
    private readonly NodePods _nodePods;
    private readonly RbacIndex _index;

    public AuthorizationParts(AuthorizationOptions options, IObjectSource objects)
    {
        _nodePods = new NodePods(objects);
        _index = new RbacIndex(objects);
        Rbac = new RbacAuthorizer(_index);
        Authorizer = options.AlwaysAllow
            ? new AlwaysAllow()
            : new AuthorizerChain(new NodeAuthorizer(new NodeGraph(_nodePods, objects)), Rbac);
        Escalation = new EscalationCheck(Authorizer, Rbac);
    }

    public IAuthorizer Authorizer { get; }

    public RbacAuthorizer Rbac { get; }

    public EscalationCheck Escalation { get; }

    public void Dispose()
    {
        _nodePods.Dispose();
        _index.Dispose();
    }
}
