using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sampan.ControllerManager.Certificates;

/// <summary>What an X.509 certificate request asks for. Its own signature was checked.</summary>
internal sealed class ParsedRequest
{
    private const string CommonNameOid = "2.5.4.3";
    private const string OrganizationOid = "2.5.4.10";
    private const string AlternativeNamesOid = "2.5.29.17";

    private ParsedRequest(CertificateRequest request)
    {
        Request = request;
        foreach (var part in request.SubjectName.EnumerateRelativeDistinguishedNames().Where(p => !p.HasMultipleElements))
        {
            if (part.GetSingleElementType().Value == CommonNameOid) CommonName = part.GetSingleElementValue() ?? "";
            else if (part.GetSingleElementType().Value == OrganizationOid) Organizations.Add(part.GetSingleElementValue() ?? "");
        }

        AlternativeNames = request.CertificateExtensions.FirstOrDefault(e => e.Oid?.Value == AlternativeNamesOid);
        if (AlternativeNames is not null) ReadNames(AlternativeNames.RawData);
    }

    public CertificateRequest Request { get; }

    public string CommonName { get; } = "";

    public List<string> Organizations { get; } = [];

    public X509Extension? AlternativeNames { get; }

    public int DnsNames { get; private set; }

    public int Emails { get; private set; }

    public int Uris { get; private set; }

    public int Addresses { get; private set; }

    /// <exception cref="CryptographicException">The bytes are not a request, or its signature is wrong.</exception>
    public static ParsedRequest Parse(byte[] pem) => new(CertificateRequest.LoadSigningRequestPem(
        Encoding.ASCII.GetString(pem), HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions, RSASignaturePadding.Pkcs1));

    private void ReadNames(byte[] extension)
    {
        var names = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
        while (names.HasData)
        {
            switch (names.PeekTag().TagValue)
            {
                case 1: Emails++; break;
                case 2: DnsNames++; break;
                case 6: Uris++; break;
                case 7: Addresses++; break;
            }

            names.ReadEncodedValue();
        }
    }
}
