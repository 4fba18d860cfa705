using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.Api.Selectors;
using Sampan.ApiServer.Apply;
using Sampan.ApiServer.Authentication.Tokens;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Http.Resources;

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
