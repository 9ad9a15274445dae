// The provider, with a trust of its own: where SSL_CERT_FILE is set, the authorities of that file count and no others.
//
// On Linux Go reads that variable by itself; on macOS it asks the keychain alone, into which nothing shall be put for a
// local tenant. The module has a name below the provider's, as Go lets nobody else import what is internal to it.

//go:debug x509usefallbackroots=1
package main

import (
	"crypto/x509"
	"os"

	"github.com/auth0/terraform-provider-auth0/internal/provider"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-plugin-sdk/v2/plugin"
)

func main() {
	trust(os.Getenv("SSL_CERT_FILE"))
	// As the provider's own main has it.
	schema.DescriptionKind = schema.StringMarkdown
	plugin.Serve(&plugin.ServeOpts{ProviderFunc: provider.New})
}

// A file that can not be read, or holds no certificate, counts as none, as it does for Go itself.
func trust(file string) {
	pem, err := os.ReadFile(file)
	roots := x509.NewCertPool()
	if err == nil && roots.AppendCertsFromPEM(pem) {
		x509.SetFallbackRoots(roots)
	}
}
