using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Selectors;
using Sampan.ApiServer.Apply;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authentication.Tokens;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.Client.Http;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.Streaming;

namespace Sampan.ApiServer.Tests.Fuzz;

/// <summary>The parsers that face the network, each with bad input: an answer or a refusal, never another failure.</summary>
public sealed class ParserFuzzTests
{
    private const int Rounds = 3000;

    [Fact]
    public void FieldsV1_BadInput_IsDecodedOrRefused() => Run(
        """{"f:spec":{"f:ports":{".":{},"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}},"v:\"x\"":{},"i:3":{}},"f:replicas":{}}}""",
        text =>
        {
            var set = FieldSetCodec.Decode(new FieldsV1(Encoding.UTF8.GetBytes(text)));
            // What is understood can be handled: combined, told and written again.
            var again = FieldSetCodec.Decode(FieldSetCodec.Encode(set.Union(set).Difference(FieldSet.OfNames("spec.replicas"))));
            _ = again.Paths().Count();
        });

    [Fact]
    public void ContinueToken_BadInput_IsDecodedOrRefused() => Run(new ContinueToken(42, "default/web").Encode(), text => ContinueToken.Decode(text));

    [Fact]
    public void LabelSelector_BadInput_IsParsedOrRefused() =>
        Run("env in (prod, test),tier notin (a),!x,y,z!=1,w==2,size>5,n<7,example.com/k=v", text => Selector.Parse(text).ToString());

    [Fact]
    public void FieldSelector_BadInput_IsParsedOrRefused() => Run(@"metadata.name=a\,b,spec.x!=c\\,d==e\=f", text => FieldSelector.Parse(text).ToString());

    [Fact]
    public void RequestInfo_AnyPath_IsResolved() => Run(
        "/apis/apps/v1/namespaces/web/deployments/nginx/status",
        text => RequestInfoResolver.Resolve("GET", text, new QueryCollection(QueryHelpers.ParseQuery("?watch=" + text + "&fieldSelector=" + text))));

    [Fact]
    public void Accept_AnyHeader_IsRead() => Run(
        "application/json;as=Table;v=v1;g=meta.k8s.io;q=0.5, application/yaml;q=.3, */*;q=x",
        text => _ = AcceptClause.Parse(text).Count());

    [Fact]
    public void JsonWebToken_BadInput_IsNoToken() => Run(
        "eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJodHRwczovL2t1YmVybmV0ZXMiLCJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6YTpiIn0.c2lnbmF0dXJl",
        text => JsonWebToken.Parse(text));

    [Fact]
    public async Task BearerProtocol_AnyOffers_AreATokenOrNone()
    {
        var authenticator = new BearerAuthenticator(new NoTokens(), [], NullLogger<BearerAuthenticator>.Instance);
        var mutator = new Mutator(seed: 3);
        for (var i = 0; i < Rounds; i++)
        {
            var http = new DefaultHttpContext();
            http.Request.Headers.Upgrade = "websocket";
            http.Request.Headers.SecWebSocketProtocol = mutator.Change("v5.channel.k8s.io, base64url.bearer.authorization.k8s.io.dG9rZW4, v4.channel.k8s.io");
            http.Request.Headers["Impersonate-Extra-" + mutator.Change("example.com%2fscopes")] = "x";
            _ = ExtraHeaders.Read(http.Request.Headers, "Impersonate-Extra-");
            try
            {
                await authenticator.AuthenticateAsync(http, default);
            }
            catch (StatusException refusal) when (refusal.Code == 401)
            {
                // A token that nobody knows.
            }
        }
    }

    [Fact]
    public void ProxyName_BadInput_IsReadOrRefused() => Run("https:web:8443", text => ProxyName.Parse(text, "pod"));

    [Fact]
    public void PodLogQuery_BadInput_IsReadOrRefused() => Run(
        "container=a&follow=true&previous=1&sinceTime=2026-01-01T00:00:00Z&sinceSeconds=5&tailLines=3&limitBytes=100",
        text => PodLogQuery.ForKubelet(PodLogQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(text)), "p")));

    [Fact]
    public void ProtobufEnvelope_BadInput_IsReadOrRefused()
    {
        var map = new ConfigMap { Metadata = new() { Name = "a", Labels = new() { ["k"] = "v" } }, Data = new() { ["x"] = "y" } };
        Run(Encoding.Latin1.GetString(ProtoCodec.Encode(map)), text =>
        {
            var reader = new ProtoReader(ProtoEnvelope.Read(Encoding.Latin1.GetBytes(text)).Raw);
            ConfigMap.Info.ReadProto(ref reader);
        });
    }

    private sealed class NoTokens : ITokenAuthenticator
    {
        public ValueTask<TokenResult?> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken) => new((TokenResult?)null);
    }

    private static void Run(string good, Action<string> parse)
    {
        var mutator = new Mutator(good.Length);
        for (var i = 0; i < Rounds; i++)
        {
            var text = mutator.Change(good);
            try
            {
                parse(text);
            }
            catch (Exception refusal) when (refusal is FormatException or StatusException)
            {
                // What bad input deserves.
            }
            catch (Exception failure)
            {
                Assert.Fail($"{text}\n{failure}");
            }
        }
    }
}
